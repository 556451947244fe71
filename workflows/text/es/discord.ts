import type { discord as english } from '../en/discord.ts'
import type { Translated } from '../template.ts'

/** The Spanish sentences that only Discord needs, by key. */
export const discord: Translated<typeof english> = {
  'discord.option-id': 'El incidente: su número, o palabras para encontrarlo',
  'discord.menu-report': 'Convertir en reporte',
  'discord.menu-add': 'Agregar a un incidente',
  'discord.slow': 'El hub va lento y el formulario no se pudo abrir a tiempo. Pulse para abrirlo.',
  'discord.open-form': 'Abrir el formulario',
  'discord.not-taken': 'Todavía no se ha enviado. Corrija esto, por favor:',
  'discord.correct': 'Corregir',
  'discord.files-kept': {
    one: 'Su archivo está guardado y va incluido. No hace falta agregarlo otra vez.',
    other: 'Sus {count} archivos están guardados y van incluidos. No hace falta agregarlos otra vez.',
  },
  'discord.done': 'Hecho.',
  'discord.goes-on': 'Lo que se escribió sobre esto:',
  'discord.failed': 'Eso no funcionó aquí. Inténtelo de nuevo en un minuto.',
  'discord.old-button': 'Este botón es de un mensaje antiguo. Escriba /incident para ver cómo está ahora.',
  'discord.sure': 'Sí: {label}',
  'discord.sender': 'quien lo envió',
  'discord.which-add': 'Agregar a un incidente',
  'discord.which-label': '¿A qué incidente?',
  'discord.which-words': 'Qué quiere agregar',
  'discord.none-to-add':
    'No hay ningún incidente abierto al que pueda agregar algo. Para reportar algo nuevo, escriba /report.',
  'discord.gap':
    'No se pudieron leer todos los mensajes escritos en {room}, en Discord, mientras el hub no estaba. Mire ' +
    'allí y diga aquí lo que importe.',
  'discord.no-content':
    'Discord no deja que el hub lea los mensajes: en el Developer Portal, en Bot, active Message Content Intent ' +
    'y reinicie el hub. Hasta entonces los comandos y botones funcionan, pero lo escrito en los hilos no se lleva.',
  'discord.token-refused':
    'Discord rechaza el token del bot. En el Developer Portal, en Bot, cree uno nuevo, póngalo en DISCORD_TOKEN y ' +
    'reinicie el hub. Hasta entonces nada llega a Discord.',
  'discord.many-threads':
    'El servidor de Discord tiene todos los hilos abiertos que puede tener. Cierre los antiguos: hasta entonces lo ' +
    'nuevo queda en {room}.',
  'discord.tag-open': 'Abierto',
  'discord.tag-claimed': 'Tomado',
  'discord.tag-resolved': 'Resuelto',
  'discord.tag-closed': 'Cerrado',
}
