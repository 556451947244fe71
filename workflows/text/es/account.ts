import type { account as english } from '../en/account.ts'
import type { Translated } from '../template.ts'

/** The Spanish sentences of the account area, by key. */
export const account: Translated<typeof english> = {
  'account.link-title': 'Unir otra cuenta a esta',
  'account.link-code': 'Su código: {code}',
  'account.link-how': 'En su otra herramienta, escríbame este código, o escriba /whoami vincular {code}.',
  'account.link-once':
    'Sirve una sola vez, hasta las {until}. No se lo diga a nadie: quien lo use es {person} aquí, con todo lo que ' +
    'usted puede hacer.',
  'account.link-first':
    'Todavía no sé nada de usted, así que no hay nada que unir. Para reportar lo que ve, escriba /report.',
  'account.link-done':
    'Esta cuenta de {tool} también es ahora de {person}. Lo que usted puede hacer, lo puede hacer también aquí.',
  'account.link-told':
    'Una cuenta de {tool} también es ahora de {person}. ¿No fue usted? Escriba /whoami desvincular, ahora mismo.',
  'account.link-moved': {
    one: 'El reporte que se envió desde allí sigue siendo suyo. Lo encuentra con /mine en todas sus herramientas.',
    other:
      'Los {count} reportes que se enviaron desde allí siguen siendo suyos. Los encuentra con /mine en todas sus ' +
      'herramientas.',
  },
  'account.link-ask': {
    one:
      'Aquí esta cuenta es {former} y ha enviado {count} reporte. Al unirla, el reporte es de {person}, que también ' +
      'lo lee.',
    other:
      'Aquí esta cuenta es {former} y ha enviado {count} reportes. Al unirla, los reportes son de {person}, que ' +
      'también los lee.',
  },
  'account.link-sure': 'Siga solo si {person} es usted.',
  'account.link-yes': 'Sí, soy yo',
  'account.link-same': 'Ese código es de usted: esta cuenta ya es suya. Úselo en su otra herramienta.',
  'account.link-gone':
    'Este código no sirve. Puede que ya se usara o que tenga más de diez minutos. Escriba /whoami vincular en su ' +
    'otra herramienta para recibir uno nuevo.',
  'account.link-turn':
    'La otra cuenta no está en la lista, y esta sí. Pida el código aquí: escriba /whoami vincular, y escriba ese ' +
    'código allí.',
  'account.link-roles':
    'Las dos cuentas son personas de la lista: {person} y {former}. Alguien de administración tiene que decir que ' +
    'son la misma. Pregunte a su coordinación. No ha cambiado nada.',
  'account.self': 'Otra cuenta suya: /whoami vincular. Una que ya no es suya: /whoami desvincular.',
  'account.unlink-which': 'Sus cuentas aquí. ¿Cuál no es suya, o ya no lo es?',
  'account.unlink-account': 'Su cuenta en {tool}',
  'account.unlink-this': 'Su cuenta en {tool}, donde está usted ahora',
  'account.unlink-button': 'Quitarla',
  'account.unlink-confirm': '¿Quitar esta cuenta de {tool} a {person}?',
  'account.unlink-only': 'Es la única cuenta por la que le conozco. Para borrarlo todo, escriba /whoami borrar.',
  'account.unlink-done': 'Hecho. Esa cuenta de {tool} ya no es {person} y aquí no puede hacer nada como usted.',
  'account.unlink-told': 'Una cuenta de {tool} ya no es {person}. ¿No fue usted? Avise a su coordinación.',
  'account.unlink-seen': '{person} quitó una cuenta de {tool}. ¿Le sorprende? Pregúntele por otro medio.',
  'account.unlink-gone': 'Esa cuenta no es suya, o ya no lo es.',
  'account.tries': 'Demasiados códigos que no sirvieron. Espere diez minutos y pida uno nuevo.',
  'account.link-burnt':
    'Otras personas vieron aquí ese código, así que ya no sirve. Este es uno nuevo. Escríbamelo a solas.',
  'account.invite-burnt':
    'Otras personas vieron aquí esa invitación, así que ya no sirve. Esta es una nueva, solo para usted. Escríbamela ' +
    'a solas.',
  'account.burnt-told':
    'La invitación {number} se escribió en una sala, así que la terminé. Sus otros {count} usos también se ' +
    'perdieron. Para hacer una nueva: /hub invitar',

  'account.invite-gone':
    'Esta invitación no sirve. Puede estar gastada, terminada o vencida. Pida una nueva a quien se la dio.',
  'account.invite-clash':
    'Usted tiene otras funciones en otras regiones, y esta invitación no encaja con ellas. No ha cambiado nada. ' +
    'Pregunte a su coordinación.',
  'account.invite-nothing': 'Usted ya tiene todo eso. La invitación no se usó.',
  'account.welcome': 'Le damos la bienvenida a {network}.',
  'account.welcome-callsign': 'Aquí usted es {person}. Los demás ven este alias, no su nombre.',
  'account.welcome-rename': '¿Otro alias? Escriba /whoami alias NOMBRE.',
  'account.welcome-language': '¿Otro idioma? Escriba /whoami idioma en.',
  'account.welcome-report': 'Puede reportar lo que ve: elija Reportar o escriba /report.',
  'account.welcome-duty': 'Puede tomar incidentes de sus regiones. Diga con /duty cuándo se le puede llamar.',
  'account.welcome-coordinate': 'Puede iniciar, pasar y comprobar incidentes, y revisar reportes: /triage.',
  'account.welcome-lead': 'Puede leer cómo están las cosas: /sitrep.',
  'account.welcome-admin': 'Puede asignar salas con /bind, e invitar a gente con /hub invitar.',
  'account.welcome-tools':
    '¿También en otra herramienta? Escriba /whoami vincular. Todo lo que puede hacer: /hub ayuda.',
  'account.entered': 'Hecho. Ahora usted es: {roles}. Regiones: {regions}.',
  'account.entered-told': '{callsign} está ahora en la red, por la invitación {number}: {roles}. Regiones: {regions}.',
  'account.raised-told': '{person} usó la invitación {number} y ahora tiene: {roles}. Regiones: {regions}.',
  'account.grouped-told':
    '{callsign} está ahora en la red, como miembro de un grupo de {tool}: {roles}. Regiones: {regions}.',
  'account.invited-title': 'Invitación {number}',
  'account.invited-what': 'Función: {roles}. Regiones: {regions}.',
  'account.invited-how':
    'Dé este código a la persona, no en una sala. Ella me lo escribe a solas, en Slack, Discord o Signal.',
  'account.invited-uses': {
    one: 'Deja entrar a {count} persona, hasta {until}.',
    other: 'Deja entrar a {count} personas, hasta {until}.',
  },
  'account.invited-end': 'Para terminarla: /hub invitar terminar {number}',
  'account.invited-told': {
    one: '{person} hizo la invitación {number} para {count} persona: {roles}. Regiones: {regions}. Hasta {until}.',
    other: '{person} hizo la invitación {number} para {count} personas: {roles}. Regiones: {regions}. Hasta {until}.',
  },
  'account.invites-none': 'Ahora no vale ninguna invitación. Para hacer una: /hub invitar respuesta AZ',
  'account.invites-title': 'Invitaciones que valen',
  'account.invites-line': '{number}: {roles}, {regions}. Usada {used} de {uses}, hasta {until}.',
  'account.invite-ended': 'La invitación {number} terminó. Quien entró con ella se queda.',
  'account.invite-none': 'Ahora no vale ninguna invitación {number}. Para ver las que valen: /hub invitar lista',
  'account.invite-usage':
    'Diga la función y las regiones, después para cuántas personas (1 si no dice nada) y cuántos días (7): ' +
    '/hub invitar respuesta {code} 5 usos 7 días',
  'account.invite-region': 'No conozco la región {words}. Hay: {codes}, o todas.',
  'account.invite-one':
    'Una invitación para dirección o administración es para una sola persona. Haga una para cada una.',
  'account.invite-most': 'Como mucho {uses} personas y {days} días.',
  'account.invite-admin': 'Solo administración puede invitar a gente. Pregunte a: {people}.',
  'account.admin-nobody': 'Eso solo lo puede hacer administración, y no hay nadie. Pregunte a quien mantiene el hub.',

  'account.bind-admin': 'Solo administración puede asignar salas. Pregunte a: {people}.',
  'account.bind-direct': 'Escríbalo en la sala que quiere decir. Aquí estamos solo usted y yo.',
  'account.bind-not':
    'Esta sala no está asignada: aquí no se muestra ningún incidente. Administración la asigna con /bind y una ' +
    'región ({codes}), o con coordinación, dirección o triaje.',
  'account.bind-unknown':
    'No conozco {words}. Escriba una región ({codes}), o coordinación, dirección o triaje; después, si quiere, ' +
    'idioma es, rojo, nombre NOMBRE. Por ejemplo: /bind {code} idioma es',
  'account.bind-red':
    'Puede mostrar incidentes marcados ROJO: todos en esta sala leen los nombres y palabras que llevan.',
  'account.bind-not-red': 'Los incidentes marcados ROJO se muestran sin sus palabras.',
  'account.bind-language': 'Aquí hablo {language}.',
  'account.bind-ask': '¿Asignar esta sala?',
  'account.bind-all': 'Todos los que pueden leer esta sala pueden leer eso.',
  'account.bind-now': 'Ahora es esto, que termina: {what}.',
  'account.bind-yes': 'Sin botón: /bind {words} sí',
  'account.bind-button': 'Asignarla',
  'account.bind-region':
    'Será una sala de {region}: cada incidente abierto está aquí como una tarjeta, con su conversación.',
  'account.bind-open': { one: 'Ahora es {count} incidente.', other: 'Ahora son {count} incidentes.' },
  'account.bind-coordination': 'Será una sala de coordinación: aquí se dice lo que necesita a alguien de coordinación.',
  'account.bind-leadership': 'Será una sala de dirección: aquí se publican los resúmenes.',
  'account.bind-triage': 'Será la sala de triaje: aquí se revisan los reportes de personas de fuera.',
  'account.room-region': 'una sala de {region}',
  'account.room-coordination': 'una sala de coordinación',
  'account.room-leadership': 'una sala de dirección',
  'account.room-triage': 'una sala de triaje',
  'account.room-is': 'Esta sala ({name}) es {what}.',
  'account.room-change': 'Para cambiarla: /bind y lo que debe ser. Para terminarlo: /bind no',
  'account.bind-done': 'Hecho. Esta sala es ahora {what}.',
  'account.bind-told': '{room} en {tool} es ahora {what} (por {person}).',
  'account.unbind-ask':
    '¿Terminar esto? Es {what}. Aquí ya no se mostrará nada; las tarjetas que están aquí no se pondrán al día.',
  'account.unbind-button': 'Terminarlo',
  'account.unbind-done': 'Hecho. Esta sala ya no está asignada.',
  'account.unbind-told': '{room} en {tool} ya no está asignada (por {person}). Era {what}.',
  'account.unbind-empty': '{region} no tiene otra sala: sus incidentes estarán entonces solo en las listas.',
  'account.bind-last': 'Es la única sala de coordinación, y tiene que haber una. Asigne antes otra.',
}
