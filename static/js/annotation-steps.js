// Ctrl+Z and Ctrl+Shift+Z press the buttons for undo and redo; in a field they are the browser's.
class AnnotationSteps extends HTMLElement {
  connectedCallback() {
    this.press = (event) => this.step(event);
    addEventListener("keydown", this.press);
  }

  disconnectedCallback() {
    removeEventListener("keydown", this.press);
  }

  step(event) {
    if (!(event.ctrlKey || event.metaKey) || event.altKey) return;
    const key = event.key.toLowerCase();
    const what = { z: event.shiftKey ? "redo" : "undo", y: "redo" }[key];
    if (!what || event.target.closest?.("textarea, input:not([type=checkbox])")) return;
    event.preventDefault();
    this.querySelector(`[data-step=${what}]`)?.click();
  }
}

customElements.define("annotation-steps", AnnotationSteps);
