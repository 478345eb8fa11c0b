// Counts the words of the text area inside it while they are typed.
class AnnotationCounter extends HTMLElement {
  connectedCallback() {
    this.text = this.querySelector("textarea");
    this.line = document.createElement("p");
    this.line.className = "counted";
    this.append(this.line);
    this.text.addEventListener("input", () => this.count());
    this.text.addEventListener("change", () => this.count());
    this.count();
  }

  count() {
    const count = this.text.value.trim().split(/\s+/u).filter(Boolean).length;
    const { most, words } = this.dataset;
    this.line.textContent = words.replace("{count}", count).replace("{most}", most);
    const over = count > Number(most);
    if (over !== this.line.classList.contains("is-over")) {
      this.line.classList.toggle("is-over", over);
      this.line.setAttribute("role", over ? "alert" : "none");
    }
  }
}

customElements.define("annotation-counter", AnnotationCounter);
