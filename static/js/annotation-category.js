// Shows the definition of the category that is chosen, and begins with its usual verdict.
class AnnotationCategory extends HTMLElement {
  connectedCallback() {
    this.select = this.querySelector("select");
    this.verdict = this.closest("form").elements.verdict;
    this.select.addEventListener("change", () => this.choose());
    addEventListener("pageshow", () => this.show());
    this.show();
  }

  choose() {
    const group = this.select.selectedOptions[0]?.closest("optgroup");
    if (group && !this.verdict.value) this.verdict.value = group.dataset.verdict;
    this.show();
  }

  show() {
    for (const definition of this.querySelectorAll("[data-of]")) {
      definition.hidden = definition.dataset.of !== this.select.value;
    }
  }
}

customElements.define("annotation-category", AnnotationCategory);
