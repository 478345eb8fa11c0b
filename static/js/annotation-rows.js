// Adds a row for one more source without a reload. The last row is the model; it starts empty.
class AnnotationRows extends HTMLElement {
  connectedCallback() {
    this.button = this.querySelector("[data-add]");
    this.button.addEventListener("click", () => this.add());
    this.show();
  }

  rows() {
    return [...this.querySelectorAll(".evidence-row")];
  }

  add() {
    const rows = this.rows();
    const [model, at] = [rows[rows.length - 1], rows.length];
    const row = model.cloneNode(true);
    const renumbered = (text) => text.replace(/\d+/, at);
    for (const field of row.querySelectorAll("input")) {
      [field.id, field.name, field.value] = [renumbered(field.id), renumbered(field.name), ""];
    }
    for (const label of row.querySelectorAll("label")) label.htmlFor = renumbered(label.htmlFor);
    const button = row.querySelector("button");
    button.value = `drop-${at}`;
    for (const named of [row.querySelector("legend"), button]) {
      named.textContent = named.textContent.replace(/\d+/, at + 1);
    }
    model.after(row);
    row.querySelector("input").focus();
    this.show();
  }

  show() {
    this.button.hidden = this.rows().length >= Number(this.dataset.most);
  }
}

customElements.define("annotation-rows", AnnotationRows);
