import type { CodeType } from './code.ts'
import type { Language, Room } from './directory.ts'
import type { Grant } from './grant.ts'
import type { AccountId, PersonId, PlatformName, RoomId } from './ids.ts'

/** An account that nobody here has: where it is, and who it is to be. */
export type FreshAccount = {
  readonly account: AccountId
  readonly platform: PlatformName
  readonly address: string
}

/** Somebody who comes in by a code or a group: under which call sign, in which language. */
export type Arrival = FreshAccount & {
  readonly person: PersonId
  readonly callsign: string
  readonly language: Language
}

/** What changes who is in the network, by which accounts, and in which rooms; `person` is whoever brings it about. */
export type AccountChange =
  /** A code joins an account to `person`: one that nobody has, or all of those that `former` has, who is them. */
  | {
      readonly type: 'join'
      readonly person: PersonId
      readonly code: string
      readonly fresh: FreshAccount | null
      readonly former: PersonId | null
    }
  /** An admin says that two on the roster are one. */
  | { readonly type: 'unite'; readonly person: PersonId; readonly former: PersonId }
  | { readonly type: 'unlink'; readonly person: PersonId; readonly account: AccountId }
  /** An invitation is used: by somebody new, or by a person who is known. */
  | {
      readonly type: 'enter'
      readonly person: PersonId
      readonly code: string
      readonly arrival: Arrival | null
      /** What they are called from now on, where they had no call sign of their own. */
      readonly callsign: string | null
    }
  /** The platform's groups that give roles, in which an account is now. */
  | {
      readonly type: 'groups'
      readonly person: PersonId
      readonly account: AccountId
      readonly groups: readonly string[]
      readonly arrival: Arrival | null
    }
  /** An invitation is ended. */
  | { readonly type: 'revoke'; readonly person: PersonId; readonly number: number }
  | BindChange

/** What somebody in the network does about it by a command. */
export type NetworkAction =
  | Extract<AccountChange, { type: 'unlink' | 'unbind' | 'revoke' }>
  | { readonly type: 'bind'; readonly person: PersonId; readonly room: Omit<Room, 'id'> }

/** A room is bound, in the place of what it was; or is bound no more. */
export type BindChange =
  | { readonly type: 'bind'; readonly person: PersonId; readonly room: Room }
  | { readonly type: 'unbind'; readonly person: PersonId; readonly room: RoomId }

/** A code that holds: whose account it joins, or what it gives. */
export type FoundCode = LinkCode | InviteCode

/** It joins accounts to that person. */
export type LinkCode = {
  readonly type: Extract<CodeType, 'link'>
  readonly person: PersonId
  readonly account: AccountId
}

/** An invitation, so far used `used` times of `uses`. */
export type InviteCode = Grant & {
  readonly type: Extract<CodeType, 'invite'>
  /** By which it is listed and revoked. */
  readonly number: number
  readonly uses: number
  readonly used: number
  /** Epoch ms. */
  readonly until: number
  /** Who made it; null: whoever sits at the terminal. */
  readonly by: PersonId | null
}

/** A code to be made. */
export type CodeWanted = LinkCode | (Grant & Pick<InviteCode, 'type' | 'uses' | 'by' | 'until'>)

/** One thing that changed in the network itself, as the log of it says; `facts` hold no account and no words. */
export type NetworkDeed = {
  readonly at: number
  readonly by: PersonId | null
  readonly what:
    | AccountChange['type']
    | (
        | 'invite'
        | 'burn'
        | 'apply'
        | 'move'
        | 'sheet'
        | 'import'
        | 'shield'
        | 'unshield'
        | 'message'
        | 'messenger'
        | 'recurring'
        | 'export'
        | 'bulletin'
      )
    | ('warning' | 'rumour' | 'brief' | 'agenda')
  readonly facts: Readonly<Record<string, string | number | readonly string[]>>
}
