/** How an event travels: that much later than it happened (ms), so that others overtake it, and once or twice. */
export type Shake = () => { readonly laterMs: number; readonly twice: boolean }
