// Shows the definition of the category that is chosen beside it.
class AnnotationCategory extends HTMLElement {
  connectedCallback() {
    this.select = this.querySelector("select");
    this.select.addEventListener("change", () => this.show());
    addEventListener("pageshow", () => this.show());
    this.show();
  }

  show() {
    for (const definition of this.querySelectorAll("[data-of]")) {
      definition.hidden = definition.dataset.of !== this.select.value;
    }
  }
}

customElements.define("annotation-category", AnnotationCategory);
