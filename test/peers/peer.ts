/** What somebody at the other end of a chat tool sees of one message: who wrote it, its text, and what can be pressed. */
export type Seen = {
  readonly id: string
  readonly author: string
  /** Title and lines as they read, without mark-up. */
  readonly text: string
  /** The labels of what can be pressed; on Signal the numbered actions that stand in the text. */
  readonly buttons: readonly string[]
  readonly edited: boolean
  /** The pictures that it shows, and what they say they show; absent: none. */
  readonly pictures?: readonly { readonly name: string; readonly alt: string; readonly size: number }[]
}

/** A form as somebody sees it: its title, and its fields by their labels with what stands in them and what is wrong. */
export type SeenForm = {
  readonly title: string
  readonly fields: readonly { readonly label: string; readonly value: string; readonly problem: string }[]
}

/** A file that somebody attaches. */
export type Attached = { readonly name: string; readonly type: string; readonly bytes: Buffer }

/** Somebody with an account on a chat tool, as they use it; every step is one that their thumb could take. */
export type Someone = {
  readonly account: string
  /** Types a slash command (`/report`), in a room or (null) in the direct conversation. */
  type(line: string, room: string | null): Promise<void>
  /** Writes in a room, in the thread under a message there (on Signal: quoting it), or (null) to the hub. */
  write(words: string, room: string | null, under?: string, files?: readonly Attached[]): Promise<string>
  /** Changes, or takes away, what they wrote. */
  rewrite(id: string, words: string, room: string | null): Promise<void>
  unwrite(id: string, room: string | null): Promise<void>
  /** Presses what reads so on a message (on Signal: writes its number, quoting it). */
  press(label: string, message: string, room: string | null): Promise<void>
  /** The form that is open before them, or null. */
  form(): SeenForm | null
  /**
   * Fills the fields by their labels' first words, attaches files, and sends it in. Where forms are conversations, each
   * question is answered as it comes. Resolves when the answer is there.
   */
  submit(values: Readonly<Record<string, string>>, files?: readonly Attached[]): Promise<void>
  /** What only they saw, newest last: private answers, and their direct conversation. */
  direct(): Promise<readonly Seen[]>
}

/** A chat tool on loopback, with the real one's rules. */
export type Peer = {
  readonly platform: 'slack' | 'discord' | 'signal'
  /** Every rule of the platform that was broken, with what broke it. */
  readonly broken: readonly string[]
  someone(account: string): Someone
  /** What stands in a room at its top level, and in the thread under a message, oldest first. */
  room(address: string): Promise<readonly Seen[]>
  thread(address: string, under: string): Promise<readonly Seen[]>
  close(): Promise<void>
}
