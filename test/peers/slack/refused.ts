/** A refusal in Slack's words. */
export class Refused extends Error {
  readonly code: string
  readonly messages: readonly string[]
  constructor(code: string, messages: readonly string[] = []) {
    super(code)
    this.code = code
    this.messages = messages
  }
}
