// Copies the text beside the button. Without this element the text can still be selected.
class CopyText extends HTMLElement {
  connectedCallback() {
    this.text = this.querySelector("textarea");
    this.button = this.querySelector("button");
    this.status = document.createElement("p");
    this.status.setAttribute("role", "status");
    this.append(this.status);
    this.button.addEventListener("click", () => this.copy());
    this.button.hidden = false;
  }

  // A school's server may be without https, where only the old command can copy.
  async copy() {
    this.text.select();
    const done = await (navigator.clipboard?.writeText(this.text.value) ?? Promise.reject()).then(
      () => true,
      () => document.execCommand("copy"),
    );
    this.status.textContent = done ? this.dataset.done : "";
  }
}

customElements.define("copy-text", CopyText);
