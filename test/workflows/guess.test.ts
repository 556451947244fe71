import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { guessKind, parseTaxonomy } from '../../workflows/taxonomy.ts'
import { effort } from '../effort.ts'

const taxonomy = parseTaxonomy(parse(readFileSync('workflows/content/taxonomy.yaml', 'utf8')))
const guess = (words: string) => guessKind(words, taxonomy)

const reports: [string, string][] = [
  ['VI-1', 'A man punched a poll worker in the face and ran off toward the parking lot'],
  ['VI-1', 'Someone pushed an elderly woman to the floor, she is bleeding'],
  ['VI-1', 'Golpearon a un señor afuera de la biblioteca, le sangra la cabeza'],
  ['VI-1', 'Un hombre empujó a una mujer y la tiró al suelo'],
  ['VI-2', 'Shots fired outside the community center, people are running'],
  ['VI-2', 'We heard gunshots two blocks from the library'],
  ['VI-2', 'A pickup drove into the crowd at the corner'],
  ['VI-2', 'not sure shots were fired but people are lying on the ground'],
  ['VI-2', 'A kid got stabbed near the school gate'],
  ['VI-2', 'Se oyen disparos cerca de la iglesia, la gente corre'],
  ['VI-2', 'Apuñalaron a un muchacho en la fila'],
  ['VI-2', 'Una camioneta atropelló a varias personas en la marcha'],
  ['VI-3', 'Somebody set a ballot drop box on fire on 5th'],
  ['VI-3', 'The elections office got an envelope with white powder'],
  ['VI-3', 'Pipe bomb found behind the county building'],
  ['VI-3', 'Quemaron un buzón de boletas anoche'],
  ['VI-3', 'Llegó un sobre con polvo blanco a la oficina electoral'],
  ['VI-4', 'Two groups are fighting in front of the courthouse'],
  ['VI-4', 'A fight broke out between supporters of both sides'],
  ['VI-4', 'Hay una pelea entre dos grupos frente al ayuntamiento'],
  ['VI-5', 'A young woman was dragged into a van near the rally'],
  ['VI-5', 'A volunteer told me she was sexually assaulted'],
  ['VI-5', 'Se llevaron a un muchacho en una camioneta a la fuerza'],
  ['VI-6', 'They smashed the windows of the party office last night'],
  ['VI-6', 'Vandalizaron la oficina de campaña y rompieron las ventanas'],
  ['AR-1', 'Three men with rifles slung, talking to voters in line.'],
  ['AR-1', 'A guy open carrying an AR-15 is standing across from the church'],
  ['AR-1', 'Hay dos hombres armados en el estacionamiento de la casilla'],
  ['AR-1', 'Un señor con una pistola en la cintura camina junto a la fila'],
  ['AR-2', 'Man pointed a gun at people waiting to vote'],
  ['AR-2', 'Armed men are blocking the entrance to the polling place'],
  ['AR-2', 'Le apuntaron con una pistola a un votante'],
  ['AR-2', 'Hombres armados bloquean la entrada de la casilla'],
  ['TH-1', 'The county clerk got a voicemail threatening to kill her family'],
  ['TH-1', 'Bomb threat called in to the elections office, they evacuated'],
  ['TH-1', 'Our recorder was swatted last night'],
  ['TH-1', 'Amenazaron a una funcionaria electoral por teléfono'],
  ['TH-1', 'Recibieron una amenaza de bomba en la oficina del condado'],
  ['TH-2', 'A candidate for school board is getting death threats online'],
  ['TH-2', 'The imam received a threatening letter at home'],
  ['TH-2', 'Amenazan a un periodista local por sus notas'],
  ['TH-3', 'Someone called in a bomb threat to the mosque'],
  ['TH-3', 'Post says they are going to shoot up the high school'],
  ['TH-3', 'Dicen que van a quemar la mezquita el viernes'],
  ['TH-3', 'Amenazas contra la comunidad latina del barrio'],
  ['TH-4', 'Two of them followed us back to the car and took down our plates'],
  ['TH-4', 'One of our mediators was threatened outside the hall'],
  ['TH-4', 'He said he knows where I live'],
  ['TH-4', 'Un hombre nos está siguiendo desde la casilla'],
  ['TH-4', 'Amenazaron a una de nuestras mediadoras anoche'],
  ['VO-1', 'People are filming voters at the drop box and writing down plates'],
  ['VO-1', 'A man is harassing voters in line and asking for their papers'],
  ['VO-1', 'Están pidiendo papeles a la gente en la fila para votar'],
  ['VO-1', 'Un grupo intimida a los votantes con gritos'],
  ['VO-2', 'The polling place did not open, doors locked and 80 people waiting'],
  ['VO-2', 'Machines are down and the line has not moved for an hour'],
  ['VO-2', 'They ran out of ballots at the precinct'],
  ['VO-2', 'No dejan votar a la gente, dicen que se acabaron las boletas'],
  ['VO-2', 'Se fue la luz en la casilla y la fila no avanza'],
  ['VO-3', 'Crowd outside the count center yelling stop the count'],
  ['VO-3', 'The board refused to certify the results'],
  ['VO-3', 'Hay gente gritando afuera del centro de conteo, exigen entrar'],
  ['HA-1', 'Swastika flyers were left on cars near the synagogue'],
  ['HA-1', 'A driver yelled racist slurs at two kids'],
  ['HA-1', 'Le gritaron que se regrese a su país'],
  ['HA-2', 'They spray painted swastikas on the synagogue wall'],
  ['HA-2', 'A woman in a hijab was shoved and her scarf was ripped off'],
  ['HA-2', 'Golpearon a un joven por ser musulmán'],
  ['HA-2', 'Pintaron esvásticas en la sinagoga'],
  ['SP-1', 'Local radio host calling immigrants vermin in his broadcast'],
  ['SP-1', 'Un video racista anda en los grupos del barrio'],
  ['SP-2', 'A speaker told the crowd to take up arms if they lose'],
  ['SP-2', 'Streamer is calling for violence against the other side'],
  ['SP-2', 'El orador llama a tomar las armas si pierden'],
  ['SP-3', 'Facebook post says the vote was moved to Wednesday'],
  ['SP-3', 'There is a rumor that ICE will be at the polls'],
  ['SP-3', 'Circula un mensaje falso en WhatsApp sobre la fecha de la elección'],
  ['PR-1', 'Candlelight vigil at the park, about 60 people, families'],
  ['PR-1', 'Marcha pacífica rumbo al capitolio, unas cien personas'],
  ['PR-2', 'Counter-protesters just arrived, both groups shouting across the street'],
  ['PR-2', 'Dos grupos se gritan de un lado a otro de la calle'],
  ['PR-3', 'Protesters are throwing bottles and rocks at the police line'],
  ['PR-3', 'Los manifestantes lanzan piedras contra el edificio'],
  ['PR-4', 'Police fired tear gas into the march'],
  ['PR-4', 'La policía golpeó a los manifestantes con macanas'],
  ['ST-1', 'City declared a curfew from 9 pm'],
  ['ST-1', 'Declararon toque de queda en el centro'],
  ['ST-2', 'A convoy of trucks with flags is heading to the capitol'],
  ['ST-2', 'Convocan a la gente, hay autobuses llenos rumbo a la capital'],
  ['ST-3', 'Court ruling on the shooting case is due, people are upset'],
  ['ST-3', 'Hay mucha tensión por el fallo del juez'],
  ['PO-1', 'Both pastors issued a joint statement, everything is calm'],
  ['PO-1', 'Todo tranquilo en la casilla, repartimos agua'],
  ['AR-1', 'two guys in camo with long guns just pulled up to the polling site'],
  ['VO-1', 'Man with bullhorn screaming at people waiting to vote, some left'],
  ['VO-1', 'trucks circling the drop box and honking at anyone who walks up to vote'],
  ['TH-1', 'Poll manager says a caller told her she will hang if she counts the votes'],
  ['TH-3', 'Neighbors got flyers saying muslims will be burned out of their homes'],
  ['HA-1', 'KKK flyers in driveways on Oak this morning'],
  ['PR-2', 'Pro and anti groups on opposite sides of the road, lots of yelling, one bottle thrown'],
  ['VI-4', 'Fistfight between two men from opposing groups, others joining in'],
  ['VI-6', 'campaign signs were torn down and burned'],
  ['VI-1', 'Poll watcher got slapped by a voter'],
  ['VO-2', 'Site opened 90 minutes late, people are leaving without voting'],
  ['VO-2', 'Fire alarm, everyone told to leave the polling place, voting stopped'],
  ['ST-1', 'National Guard vehicles at the capitol'],
  ['PO-1', 'The two organizers agreed to keep their groups apart, people went home'],
  ['VI-2', 'a man was shot at the gas station near the precinct'],
  ['VI-2', 'hubo un tiroteo en el estacionamiento del centro comercial'],
  ['AR-1', 'unos hombres con rifles andan frente a la escuela donde se vota'],
  ['AR-2', 'un tipo sacó una pistola y amenazó a la gente de la fila'],
  ['VO-1', 'están tomando fotos a los votantes y sus placas'],
  ['VO-1', 'un señor grita a los votantes que los va a reportar a la migra'],
  ['VO-2', 'La casilla abrió dos horas tarde y hay gente enojada'],
  ['VO-2', 'Las máquinas no funcionan desde las 8'],
  ['SP-3', 'Dicen en Facebook que la votación se cambió para el miércoles'],
  ['TH-4', 'me amenazaron cuando salía de la reunión'],
  ['TH-1', 'a la secretaria del condado le mandaron un correo diciendo que la van a matar'],
  ['HA-1', 'dejaron volantes nazis en los carros de la iglesia'],
  ['HA-2', 'rompieron las ventanas de la mezquita y dejaron insultos'],
  ['PR-1', 'unas 200 personas marchan en paz por la calle central'],
  ['PR-2', 'hay dos grupos frente a frente y los ánimos están calientes'],
  ['PR-4', 'la policía está echando gas a los manifestantes'],
  ['ST-1', 'detuvieron a tres personas afuera del centro de conteo'],
  ['VI-3', 'encontraron un paquete sospechoso junto a la urna'],
  ['VI-5', 'una muchacha dice que un guardia la manoseó'],
  ['SP-2', 'en un video en vivo dice que hay que colgar a los traidores'],
  ['PO-1', 'los dos líderes hablaron y la gente se fue tranquila'],
  ['TH-2', 'someone left a dead rat and a note for the city councilwoman, threatening her'],
  ['VO-3', 'Observers say they were kicked out of the counting room, arguments at the door'],
  ['TH-4', 'A car has been parked outside my house since the meeting, same guys from the rally'],
  ['HA-2', 'Someone threw a brick through the synagogue window'],
  ['AR-1', 'Militia members in vests outside the courthouse'],
  ['VI-1', 'Alguien le echó gas pimienta a la gente en la fila'],
  ['ST-3', 'It is the anniversary of the police killing, family is grieving'],
  ['VO-1', 'A guy in a security vest is telling people they need two IDs to vote and turning some away'],
  ['VO-2', 'Scanner keeps jamming at Lincoln elementary, line is around the block'],
  ['TH-1', 'Election worker had her address posted online with a picture of a rope'],
  ['AR-1', 'One man with a handgun on his hip in the parking lot, he is just watching'],
  ['AR-2', 'he lifted his shirt to show a gun when a woman asked him to move'],
  ['VI-1', 'Two men tackled a canvasser and took his clipboard'],
  ['VI-4', 'brawl outside the bar after the rally'],
  ['HA-1', 'Someone hung a noose from the tree by the school'],
  ['SP-3', 'False texts telling voters their polling place moved'],
  ['PR-1', 'About 40 people holding a rally on the courthouse steps, no issues'],
  ['PR-2', 'Crowd is getting angry, chanting at the counter demonstrators'],
  ['VI-3', 'They threw a molotov at the party office'],
  ['TH-2', 'Reporter from the local paper is being stalked after her article'],
  ['ST-1', 'Police arrested two people at the drop box'],
  ['VO-3', 'Recount starts tomorrow and both parties plan to bring crowds'],
  ['VI-2', 'mataron a un hombre cerca del centro de votación'],
  ['VI-1', 'a un observador le pegaron y le quitaron el celular'],
  ['AR-1', 'hay un grupo con chalecos y armas largas en la esquina'],
  ['TH-3', 'llamaron a la escuela con una amenaza de bomba'],
  ['TH-1', 'los trabajadores electorales están recibiendo amenazas de muerte'],
  ['VO-2', 'faltan boletas y la gente se está yendo sin votar'],
  ['VO-1', 'hay camionetas siguiendo a los votantes hasta sus casas'],
  ['HA-1', 'le gritaron insultos racistas a una familia'],
  ['SP-3', 'anda un rumor de que la migra va a estar en las casillas'],
  ['PR-3', 'la marcha se puso violenta, están tirando piedras'],
  ['VI-6', 'saquearon dos tiendas del centro'],
  ['ST-2', 'una caravana de motos viene rumbo al centro de conteo'],
  ['VI-5', 'intentaron secuestrar a una voluntaria'],
  ['PO-1', 'todo en calma, los grupos llegaron a un acuerdo'],
  ['TH-4', 'nos siguieron en una troca desde la oficina'],
  ['TH-4', 'My colleague was doxxed last night, her home address is online'],
]

describe('guessing the kind of a report', () => {
  it.each(reports)('%s: %s', (kind, words) => {
    expect(guess(words)).toBe(kind)
  })

  it('does not take what is denied for what is said', () => {
    expect(guess('No weapons seen. Nobody was attacked.')).toBeNull()
    expect(guess('Sin armas, nadie fue golpeado')).toBeNull()
    expect(guess('The men left without guns')).toBeNull()
  })

  it('says nothing when the words say nothing', () => {
    for (const words of [
      '',
      '   ',
      'hello',
      'buenas tardes',
      '👍👍',
      '12345',
      'please call back',
      'My ballot has a typo',
    ])
      expect(guess(words)).toBeNull()
  })

  it('takes whole words, not pieces of other words', () => {
    expect(guess('I am in Gunnison near Battle Creek, at the Bombay restaurant with Marcha Adams')).not.toMatch(
      /^(AR|VI)/,
    )
  })

  it('hears the same in capitals, without accents, with invisible characters and fancy letters', () => {
    expect(guess('APUÑALARON A UN HOMBRE')).toBe('VI-2')
    expect(guess('apunalaron a un hombre')).toBe('VI-2')
    expect(guess('sh\u200bots fi\u00adred')).toBe('VI-2')
    expect(guess('𝐬𝐡𝐨𝐭𝐬 𝐟𝐢𝐫𝐞𝐝')).toBe('VI-2')
    expect(guess('\u202eshots fired\u202c')).toBe('VI-2')
  })

  it('never throws and always gives the same answer', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 400 }), text => {
        expect(guess(text)).toBe(guess(text))
      }),
    )
  })

  it('reads forty thousand characters about as fast as their length, whatever stands in them', () => {
    const words = ['threat clerk gun voters ', 'fight group ', 'x', '👩‍👩‍👧', 'قنبلة في المركز ', "a'", 'no no no gun ']
    for (const word of words) {
      const many = word.repeat(Math.ceil(40_000 / word.length)).slice(0, 40_000)
      expect(effort(() => guess(many))).toBeLessThan(3000)
    }
  })
})
