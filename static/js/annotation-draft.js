// A copy of what was typed about a find, in this tab. Where others have changed the passage since,
// it is put back together with the revision that it began at, so that both versions are shown.
import { Draft } from "./draft.js";

export class FindDraft extends Draft {
  constructor(form) {
    super(form);
    this.key = `find ${location.pathname}${location.search}`;
  }

  keep() {
    const kept = { rev: this.rev.value, action: this.form.action, fields: this.fields() };
    this.storage()?.setItem(this.key, JSON.stringify(kept));
  }

  fields() {
    const all = [...new FormData(this.form)];
    return all.filter(([name, value]) => value && !["csrf_token", "rev"].includes(name));
  }

  restore() {
    const kept = JSON.parse(this.storage()?.getItem(this.key) ?? "null");
    this.forget();
    if (!kept || JSON.stringify(kept.fields) === JSON.stringify(this.fields())) return;
    [this.rev.value, this.form.action] = [kept.rev, kept.action];
    const values = new Map(kept.fields);
    for (const field of this.form.querySelectorAll("select, textarea, input:not([type=hidden])")) {
      if (field.name === "layers") continue;
      if (field.type === "checkbox") this.put(field, "checked", values.has(field.name));
      else this.put(field, "value", values.get(field.name) ?? "");
    }
    const layers = new Set(kept.fields.flatMap(([name, v]) => (name === "layers" ? [v] : [])));
    for (const box of this.form.querySelectorAll("[name=layers]")) {
      if (box.type === "checkbox") this.put(box, "checked", layers.has(box.value));
    }
  }
}
