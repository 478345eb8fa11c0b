// Saves what is said about a find while it is typed. It carries the revision that the page was
// made at: where somebody else has changed the passage, nothing is sent any more, and both
// versions are a button away.
import { FindDraft } from "./annotation-draft.js";

const LATER = { select: 150, text: 900 };

class AnnotationSaver extends HTMLElement {
  connectedCallback() {
    this.form = this.closest("form");
    this.draft = new FindDraft(this.form);
    this.wait = 1000;
    this.addEventListener("keydown", (event) => this.press(event));
    this.addEventListener("input", (event) => this.changed(event.target));
    this.addEventListener("change", (event) => this.changed(event.target));
    document.addEventListener("submit", (event) => this.hold(event, event.target));
    document.addEventListener("click", (event) => this.hold(event, event.target.closest("a[href]")));
    addEventListener("pageshow", () => (this.leaving = false));
    addEventListener("pagehide", () => this.leave());
    addEventListener("online", () => this.save());
    this.draft.restore();
  }

  // By itself a browser takes Enter in a field for the first button.
  press(event) {
    if (event.key === "Enter" && event.target.matches("input")) event.preventDefault();
  }

  changed(field) {
    if (this.stopped) return;
    this.dirty = true;
    this.draft.keep();
    this.show("unsaved");
    this.later(field?.matches?.("select, [type=checkbox]") ? LATER.select : LATER.text);
  }

  later(delay) {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.save(), delay);
  }

  async save() {
    if (!this.dirty || this.busy || this.stopped || this.leaving) return;
    if (this.form.elements.category?.value === "") return this.show("unsaved", this.dataset.need);
    [this.dirty, this.busy] = [false, true];
    this.show("saving");
    const answer = await this.post().catch(() => null);
    this.busy = false;
    if (answer?.ok) await this.saved(answer);
    else if (answer?.status === 409) this.stop();
    else if (answer?.status === 422) await this.refused(answer);
    else this.retry();
  }

  post(options) {
    const body = new URLSearchParams(new FormData(this.form));
    body.set("do", "save");
    const headers = { Accept: "application/json" };
    return fetch(this.form.action, { method: "POST", body, headers, ...options });
  }

  async saved(answer) {
    const told = await answer.json().catch(() => ({}));
    if (told.rev === undefined) return this.stop();
    this.wait = 1000;
    for (const field of document.querySelectorAll("input[name=rev]")) field.value = told.rev;
    for (const button of document.querySelectorAll("[data-step]")) {
      button.disabled = !told[button.dataset.step];
    }
    this.draft.forget();
    this.form.action = told.action;
    this.draft = new FindDraft(this.form);
    history.replaceState(null, "", told.address);
    if (this.dirty) return this.later(0);
    this.show("saved");
  }

  // What is missing is said; it is kept in this tab, and sent with the next change.
  async refused(answer) {
    const { errors } = await answer.json().catch(() => ({ errors: [] }));
    this.draft.keep();
    this.show("unsaved", errors.join(" "));
  }

  retry() {
    this.dirty = true;
    this.draft.keep();
    this.show("offline");
    this.later(this.wait);
    this.wait = Math.min(this.wait * 2, 30000);
  }

  stop() {
    this.stopped = true;
    this.draft.keep();
    this.show("conflict");
    this.querySelector("[data-both]").hidden = false;
  }

  // What is still to be saved is saved before a form is sent or a link followed: two answers under
  // way at once would be taken for two people. Where that fails, the second try goes through.
  async hold(event, target) {
    if (!target || event.defaultPrevented || this.leaving) return;
    const unsaved = (this.dirty || this.busy) && !this.stopped;
    if (unsaved && !this.held && (target !== this.form || this.busy)) {
      event.preventDefault();
      if (await this.settled()) return this.go(event, target);
      this.held = true;
    } else if (target.matches("form")) {
      this.leaving = true;
      if (navigator.onLine) this.draft.forget();
    }
  }

  async settled() {
    clearTimeout(this.timer);
    while (this.busy) await new Promise((done) => setTimeout(done, 50));
    await this.save();
    return !this.dirty && !this.stopped && this.querySelector("[data-state=saved]") !== null;
  }

  go({ submitter }, target) {
    if (target.matches("form")) target.requestSubmit(submitter);
    else target.click();
  }

  leave() {
    const unsaved = (this.dirty || this.busy) && !this.leaving && !this.stopped;
    if (unsaved) this.post({ keepalive: true }).catch(() => {});
  }

  show(state, more = "") {
    const line = this.querySelector(".save-state");
    line.setAttribute("role", state === "conflict" ? "alert" : "status");
    line.setAttribute("aria-busy", state === "saving" || (state === "unsaved" && !more));
    line.dataset.state = state;
    line.textContent = [this.dataset[state], more].filter(Boolean).join(". ");
  }
}

customElements.define("annotation-saver", AnnotationSaver);
