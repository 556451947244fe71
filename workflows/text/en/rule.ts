/** The English sentences with which a rule says no, and the way on, by key. */
export const rule = {
  'refusal.unknown': 'I know no incident {id} that you can open. Check the number: it looks like AZ-0412.',
  'refusal.report': 'Only mediators on the roster can file reports here. Ask your coordinator to add you.',
  'refusal.read': 'Lists are for response teams. Your own reports: /mine.',
  'refusal.own': 'Only the person who reported {id} can do that. You can add what you know: /update {id}.',
  'refusal.work': 'Only the {region} response team can do that with {id}. You can add what you know: write it here.',
  'refusal.work-any': 'Only response teams can do that. To report something, type /report.',
  'refusal.coordinate': 'Only {region} coordinators can do that with {id}. Ask one of them, or call: /escalate {id}.',
  'refusal.coordinate-any': 'Only coordinators can do that. Ask yours in the coordination room.',
  'refusal.lead': 'This is for leaders and coordinators. Ask yours for the summary.',
} as const
