// A copy of a form in this tab, so that an answer outlives a lost connection and a reload.
export class Draft {
  constructor(form) {
    this.form = form;
    this.rev = form.elements.rev;
    this.key = `draft ${new URL(form.action).pathname}`;
  }

  keep() {
    const fields = [...new FormData(this.form)].filter(([name]) => name !== "csrf_token");
    this.storage()?.setItem(this.key, JSON.stringify({ rev: Number(this.rev.value), fields }));
  }

  forget() {
    this.storage()?.removeItem(this.key);
  }

  // A browser that refuses cookies throws even at the name.
  storage() {
    try {
      return sessionStorage;
    } catch {
      return null;
    }
  }

  // Values are put in as a reader would, so that the other elements on the page hear of them.
  restore() {
    const kept = JSON.parse(this.storage()?.getItem(this.key) ?? "null");
    this.forget();
    if (!kept || kept.rev < Number(this.rev.value)) return;
    // It may have been sent when this page was left, and be on its way: outrank it.
    this.rev.value = kept.rev + 1;
    const values = new Set(kept.fields.map((field) => field.join("=")));
    for (const box of this.form.querySelectorAll("[type=checkbox], [type=radio]")) {
      this.put(box, "checked", values.has(`${box.name}=${box.value}`));
    }
    for (const [name, value] of kept.fields) {
      const field = this.form.elements[name];
      if (field?.matches?.("select, textarea, [type=text]")) this.put(field, "value", value);
    }
  }

  put(field, property, value) {
    if (field[property] === value) return;
    field[property] = value;
    field.dispatchEvent(new Event("change", { bubbles: true }));
  }
}
