import type { rule as english } from '../en/rule.ts'
import type { Translated } from '../template.ts'

/** The Spanish sentences with which a rule says no, and the way on, by key. */
export const rule: Translated<typeof english> = {
  'refusal.unknown': 'No conozco ningún incidente {id} que usted pueda abrir. Revise el número: es como AZ-0412.',
  'refusal.report': 'Aquí solo reportan las personas mediadoras de la lista. Pida a su coordinación que le agregue.',
  'refusal.read': 'Las listas son para los equipos de respuesta. Sus propios reportes: /mine.',
  'refusal.own': 'Solo quien reportó {id} puede hacer eso. Puede agregar lo que sabe: /update {id}.',
  'refusal.work':
    'Solo el equipo de respuesta de {region} puede hacer eso con {id}. Puede agregar lo que sabe: escríbalo aquí.',
  'refusal.work-any': 'Solo los equipos de respuesta pueden hacer eso. Para reportar algo, escriba /report.',
  'refusal.coordinate':
    'Solo la coordinación de {region} puede hacer eso con {id}. Pídalo, o llame con /escalate {id}.',
  'refusal.coordinate-any': 'Solo la coordinación puede hacer eso. Pregunte en la sala de coordinación.',
  'refusal.lead': 'Esto es para la dirección y la coordinación. Pídales el resumen.',
}
