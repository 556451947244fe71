import type { preview as english } from '../en/preview.ts'
import type { Translated } from '../template.ts'

/** The Spanish sentences that show, before it is approved, what a message to many will do, by key. */
export const preview: Translated<typeof english> = {
  'preview.title': '{id}: qué pasará',
  'preview.counts': 'Va a {people} y {rooms}.',
  'preview.counts-one': 'Va a {what}.',
  'preview.counts-none': 'No va a nadie.',
  'preview.there': '{id}, como lo muestra {tool}',
  'preview.people': { one: '{count} persona', other: '{count} personas' },
  'preview.rooms': { one: '{count} sala', other: '{count} salas' },
  'preview.number': '{number}',
  'preview.head-tool': 'Herramienta',
  'preview.head-people': 'Personas',
  'preview.head-rooms': 'Salas',
  'preview.head-messages': 'Mensajes',
  'preview.head-time': 'Tiempo',
  'preview.soon': 'menos de un minuto',
  'preview.about': 'unos {minutes}',
  'preview.takes': 'Tiempo hasta que lo tenga la última persona: {time}.',
  'preview.takes-rooms': 'Tiempo hasta que lo tenga la última persona: {time}. Las salas van primero.',
  'preview.only': { one: 'Todo en {tool}: {count} mensaje.', other: 'Todo en {tool}: {count} mensajes.' },
  'preview.line-short': '{who} · {region} · {language}',
  'preview.assumed':
    'Es una estimación: no hay un límite exacto publicado para {tools}, así que cuento con uno prudente.',
  'preview.firsts': {
    one:
      '{count} persona en Signal nunca se ha escrito conmigo. Escribo primero a {anHour} por hora y {aDay} por día ' +
      'como máximo: le llega al final ({time}).',
    other:
      '{count} personas en Signal nunca se han escrito conmigo. Escribo primero a {anHour} por hora y {aDay} por día ' +
      'como máximo: van al final ({time}).',
  },
  'preview.firsts-groups':
    'Más rápido: agregue los grupos de Signal de sus regiones, o pídales que me escriban una vez.',
  'preview.firsts-ask': 'Más rápido: pídales que me escriban una vez.',
  'preview.asleep': {
    one: '{count} persona está en sus horas de silencio y lo recibe cuando terminen.',
    other: '{count} personas están en sus horas de silencio y lo reciben cuando terminen.',
  },
  'preview.down': 'No hay conexión con {tool} desde las {time}. Lo que va allí espera hasta que la haya.',
  'preview.why-no-account': {
    one: '{count} persona no tiene una cuenta a la que pueda escribir:',
    other: '{count} personas no tienen una cuenta a la que pueda escribir:',
  },
  'preview.why-no-tool': {
    one: '{count} está solo en una herramienta a la que no estoy conectado:',
    other: '{count} están solo en herramientas a las que no estoy conectado:',
  },
  'preview.why-red': {
    one: '{count} queda fuera: allí no se puede leer de qué se trata:',
    other: '{count} quedan fuera: allí no se puede leer de qué se trata:',
  },
  'preview.why-stopped': {
    one: '{count} persona no desea mensajes masivos y no lo recibe:',
    other: '{count} personas no desean mensajes masivos y no lo reciben:',
  },
  'preview.names': '{names}',
  'preview.names-more': { one: '{names} y {count} más', other: '{names} y {count} más' },
  'preview.sample': 'Diez de ellas:',
  'preview.all': 'Son todas:',
  'preview.room': 'la sala {room}',
  'preview.person': '{person}',
  'preview.line': '{who} · {tool} · {region} · {language}',
  'preview.no-tool': 'ninguna parte',
  'preview.every-region': 'todas las regiones',
  'preview.words': { one: '{language}: {count} lector o lectora', other: '{language}: {count} lectores o lectoras' },
  'preview.one': 'un mensaje',
  'preview.parted': '{count} mensajes, el segundo empieza: «{start}»',
  'preview.made': '{tools}: {how}.',
  'preview.pressed': '{tools}: {how}; para pulsar: {labels}',
  'preview.numbered': '{tools}: {how}; para responder con un número: {labels}',
  'preview.buttons': 'Para pulsar: {labels}',
  'preview.as-read-by': 'Completado como para {person}.',
}
