/** <save-decision>: its button comes after all that the page needs to be read, because a reader keeps a decision after having read it. CSS keeps its place. */
const whenIdle = (act: () => void): unknown => ('requestIdleCallback' in globalThis ? requestIdleCallback(act, { timeout: 1000 }) : setTimeout(act, 200));
whenIdle(() => void import('./save-button.ts'));
