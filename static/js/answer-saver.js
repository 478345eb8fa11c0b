// Saves a form while it is being filled in. The newest state wins: every post carries a higher
// `rev` than the one before, so the server can tell a late arrival from a newer answer.
import { Draft } from "./draft.js";

class AnswerSaver extends HTMLElement {
  async connectedCallback() {
    this.form = this.closest("form");
    this.rev = this.form.elements.rev;
    this.draft = new Draft(this.form);
    this.wait = 1000;
    for (const button of this.querySelectorAll(".no-script")) button.hidden = true;
    this.addEventListener("keydown", (event) => this.press(event));
    this.addEventListener("input", () => this.changed());
    this.addEventListener("change", () => this.changed());
    this.form.addEventListener("submit", () => (this.leaving = true));
    addEventListener("pageshow", () => (this.leaving = false));
    addEventListener("pagehide", () => this.leave());
    addEventListener("online", () => this.save());
    if (this.querySelector("span-marker")) await customElements.whenDefined("span-marker");
    this.draft.restore();
  }

  // By itself a browser takes Enter on a checkbox for the button that locks.
  press(event) {
    if (event.key === "Enter" && event.target.matches("input")) event.preventDefault();
  }

  changed() {
    if (this.stopped) return;
    this.dirty = true;
    this.draft.keep();
    this.later(400);
  }

  later(delay) {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.save(), delay);
  }

  async save() {
    if (!this.dirty || this.busy || this.stopped || this.leaving) return;
    [this.dirty, this.busy] = [false, true];
    this.show("saving");
    const answer = await this.post().catch(() => null);
    this.busy = false;
    if (answer?.ok) await this.saved(answer);
    else if (!answer || answer.status >= 500 || answer.status === 429) this.retry();
    else this.stop();
  }

  post(options) {
    const body = new URLSearchParams(new FormData(this.form));
    body.set("do", "save");
    // From now on a lock or a later save outranks this one, whichever arrives first.
    this.rev.value = Number(this.rev.value) + 1;
    const headers = { Accept: "application/json" };
    return fetch(this.form.action, { method: "POST", body, headers, ...options });
  }

  async saved(answer) {
    const { rev } = await answer.json().catch(() => ({}));
    if (rev === undefined) return this.stop();
    this.wait = 1000;
    this.rev.value = Math.max(this.rev.value, rev + 1);
    if (this.dirty) return this.later(0);
    this.draft.forget();
    this.show("saved");
  }

  retry() {
    this.dirty = true;
    this.draft.keep();
    this.show("offline");
    this.later(this.wait);
    this.wait = Math.min(this.wait * 2, 30000);
  }

  // What is marked here is out of date, so it can no longer be locked either.
  stop() {
    this.stopped = true;
    this.querySelector("[value=lock]").disabled = true;
    this.draft.forget();
    this.show("elsewhere");
  }

  leave() {
    const unsaved = (this.dirty || this.busy) && !this.leaving && !this.stopped;
    if (unsaved) this.post({ keepalive: true }).catch(() => {});
  }

  show(state) {
    const line = this.querySelector(".save-state");
    line.setAttribute("role", state === "elsewhere" ? "alert" : "status");
    line.setAttribute("aria-busy", state === "saving"); // only the outcome is read out
    line.dataset.state = state;
    line.textContent = this.dataset[state];
  }
}

customElements.define("answer-saver", AnswerSaver);
