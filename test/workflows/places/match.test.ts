import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { loadGazetteer } from '../../../db/places.ts'
import { gazetteerPlaces } from '../../../workflows/places/match.ts'
import { effort } from '../../effort.ts'

const places = gazetteerPlaces(loadGazetteer())

/** The thirty localities of the trial that the order of looking was found with; the first county is the right one. */
const trial: [string, string, 'certain' | 'ask'][] = [
  ['Maricopa County, AZ', '04013', 'certain'],
  ['85004', '04013', 'certain'],
  ['Phoenix', '04013', 'certain'],
  ['33.4484,-112.0740', '04013', 'certain'],
  ['Portland', '41051', 'ask'],
  ['Portland, ME', '23005', 'certain'],
  ['St. Louis, MO', '29510', 'certain'],
  ['Saint Paul, Minnesota', '27123', 'certain'],
  ['Miami-Dade County', '12086', 'certain'],
  ['DeKalb County, GA', '13089', 'certain'],
  ['Orleans Parish', '22071', 'certain'],
  ['Fairbanks, AK', '02090', 'certain'],
  ['Washington, DC', '11001', 'certain'],
  ['Philadelpia', '42101', 'certain'],
  ['Kenosha WI', '55059', 'certain'],
  ['near Georgia State University, Atlanta GA 30303', '13121', 'certain'],
  ['Brooklyn', '36047', 'certain'],
  ['48226-1234', '26163', 'certain'],
  ['Queens, NY', '36081', 'certain'],
  ['Window Rock, AZ', '04001', 'certain'],
  ['Fairfax, VA', '51600', 'certain'],
  ['Hamtramck, Mich.', '26163', 'certain'],
  ['Hartford, CT', '09003', 'certain'],
  ['Oglala Lakota County, SD', '46102', 'certain'],
  ['San Juan, PR', '72127', 'certain'],
  ['Charlotesville, Va.', '51540', 'certain'],
  ['42.33° N, 83.04° W', '26163', 'certain'],
  ['Springfield', '29077', 'ask'],
  ['Anchorage', '02020', 'certain'],
  ['Lafayette, La.', '22055', 'certain'],
]

const written: [string, string][] = [
  ['near the library on 5th, Tempe AZ', '04013'],
  ['corner by the Burton Barr library, Phoenix', '04013'],
  ['10401 N 51st Ave, Glendale AZ', '04013'],
  ['1200 W Washington St Phoenix', '04013'],
  ['people with signs in Tempe near the courthouse', '04013'],
  ['portland or', '41051'],
  ['PORTLAND ME', '23005'],
  ['gary in', '18089'],
  ['N. Las Vegas NV', '32003'],
  ['Mesa and Tempe AZ', '04013'],
  ['Town and Country, MO', '29189'],
  ['Spokane, Washington', '53063'],
  ['Ft Worth, Tex.', '48439'],
  ['Mt. Pleasant, Mich.', '26073'],
  ['Winston-Salem N.C.', '37067'],
  ['Winston Salem, North Carolina', '37067'],
  ["Coeur d'Alene, ID", '16055'],
  ['Coeur D Alene Idaho', '16055'],
  ['La Grange, IL', '17031'],
  ['New York, NY', '36061'],
  ['the Bronx', '36005'],
  ['Oklahoma City', '40109'],
  ['University of Michigan', '26161'],
  ['outside the union, University of Arizona', '04019'],
  ['Michigan City, Indiana', '18091'],
  ['Pittsburgh, Pensylvania', '42003'],
  ['Pheonix', '04013'],
  ['Milwakee', '55079'],
  ['Albequerque', '35001'],
  ['Tuscon', '04019'],
  ['Minneapolus', '27053'],
  ['Tallahasee', '12073'],
  ['condado de Maricopa', '04013'],
  ['en el condado de Harris, Tejas', '48201'],
  ['cerca de Tempe, Arizona', '04013'],
  ['en Filadelfia', '42101'],
  ['Nueva Orleans', '22071'],
  ['Ciudad de Nueva York', '36061'],
  ['Juneau City and Borough, Alaska', '02110'],
  ['North Slope Borough', '02185'],
  ['Kusilvak Census Area', '02158'],
  ['Shannon County, SD', '46102'],
  ['Fairfax County, VA', '51059'],
  ['Fairfax city, VA', '51600'],
  ['Baltimore city', '24510'],
  ['Baltimore County', '24005'],
  ['St. Louis County, MO', '29189'],
  ['Carson City, NV', '32510'],
  ['Orleans County, LA', '22071'],
  ['Maricpoa County, AZ', '04013'],
  ['Jackson, Hinds County', '28049'],
  ['Springfield, Clark County, Ohio', '39023'],
  ['Valdez, AK', '02063'],
  ['Ponce, Puerto Rico', '72113'],
  ['Guam', '66010'],
  ['Phoenix, AZ 👍', '04013'],
  ['Ｐｈｏｅｎｉｘ, AZ', '04013'],
]

const points: [string, string][] = [
  ['33.4484 -112.0740', '04013'],
  ['33.4484° N 112.0740° W', '04013'],
  ['N33.4484 W112.0740', '04013'],
  ['33°26\'54"N 112°04\'26"W', '04013'],
  ['33° 26′ 54″ N, 112° 4′ 26″ W', '04013'],
  ["33° 26.9' N 112° 4.4' W", '04013'],
  ['33,4484 -112,0740', '04013'],
  ['-112.0740, 33.4484', '04013'],
  ['geo:33.4484,-112.074;u=35', '04013'],
  ['https://www.google.com/maps/place/X/@33.4484,-112.0740,15z', '04013'],
  ['https://maps.google.com/?q=33.4484,-112.0740', '04013'],
  ['https://maps.apple.com/?ll=33.4484,-112.0740', '04013'],
  ['https://www.openstreetmap.org/#map=15/33.4484/-112.0740', '04013'],
  ['we are at 33.4484,−112.0740 by the school', '04013'],
  ['51.88, -176.65', '02016'],
  ['13.47, 144.75', '66010'],
]

const asked: [string, string | null, string[]][] = [
  ['Maricopa', null, ['04013', '04021']],
  ['Maricopa', 'AZ', ['04013', '04021']],
  ['Nassau, NY', null, ['36059', '36083']],
  ['Kansas City', null, ['29095', '20209']],
  ['Wayne County', 'AZ', ['26163', '39169']],
  ['Washington', null, ['11001']],
  ['Phoenix', 'NY', ['04013', '36075']],
  ['Phoenix or Tucson', null, ['04013', '04019']],
  ['Phoenix or Tucson, AZ', null, ['04013', '04019']],
  ['Windsor, Ontario', null, ['06071']],
  ['Long Island', null, ['36059', '36103']],
  ['downtown LA', null, ['06037']],
  ['Georgia Ave and 5th, Washington', null, ['11001']],
  ['Phoenix, AZ or Reno, NV', null, ['04013', '32031']],
  ['Valdez-Cordova Census Area', null, ['02063', '02066']],
  ['33.4484, 112.0740', null, ['04013']],
]

describe('the gazetteer', () => {
  it.each(trial)('of the trial: %s', (text, fips, confidence) => {
    const answer = places.find(text)
    expect([answer.confidence, answer.candidates[0]?.fips]).toEqual([confidence, fips])
    expect(answer.fips).toBe(confidence === 'certain' ? fips : null)
  })

  it.each([...written, ...points])('%s', (text, fips) => {
    expect(places.find(text)).toMatchObject({ input: text, confidence: 'certain', fips })
  })

  it.each(asked)('asks about %s (from %s)', (text, home, counties) => {
    const { confidence, fips, candidates } = places.find(text, home)
    expect([confidence, fips]).toEqual(['ask', null])
    expect(candidates.map(one => one.fips)).toEqual(expect.arrayContaining(counties))
  })

  it.each([
    'corner by the library',
    'church',
    'high school, main entrance',
    'online',
    'I do not know',
    '',
    '?',
    '00000',
    'مركز الاقتراع',
    '投票所',
    'избирательный участок',
    '👍👍👍',
    '0, 0',
    '51.5074, -0.1278',
  ])('does not know %s', text => {
    expect(places.find(text)).toMatchObject({ confidence: 'unknown', fips: null, candidates: [] })
  })

  it('takes what a name means at home, unless the world means something else', () => {
    expect(places.find('Springfield', 'OR')).toMatchObject({ confidence: 'certain', fips: '41039' })
    expect(places.find('Portland', 'ME')).toMatchObject({ confidence: 'certain', fips: '23005' })
    expect(places.find('Wayne County', 'MI')).toMatchObject({ confidence: 'certain', fips: '26163' })
    expect(places.find('Portland, OR', 'ME')).toMatchObject({ confidence: 'certain', fips: '41051' })
    expect(places.find('Chicago', 'AZ')).toMatchObject({ confidence: 'certain', fips: '17031' })
  })

  it('knows the state where that is all a text says', () => {
    expect(places.find('somewhere in Arizona')).toMatchObject({ confidence: 'certain', fips: null, state: 'AZ' })
    expect(places.find('Arizona or Georgia').candidates.map(one => one.state)).toEqual(['AZ', 'GA'])
  })

  it('asks about each county name that stands in several states', () => {
    const names = Map.groupBy(loadGazetteer().counties, line => line.slice(6))
    const shared = [...names].filter(([name, lines]) => lines.length > 1 && / (County|Parish|Borough)$/.test(name))
    expect(shared.length).toBeGreaterThan(400)
    for (const [name, lines] of shared) {
      const answer = places.find(name)
      expect(answer.confidence, name).toBe('ask')
      expect(answer.candidates.length, name).toBe(lines.length)
    }
  })

  it('answers any text, five thousand characters included, and never throws', () => {
    const parts = [
      'in ',
      'county ',
      'Phoenixx, ',
      'St. ',
      'condado de ',
      '33.4, ',
      '85004 ',
      'Pheonix AZ ',
      'ñ',
      '\u202e',
      ',',
    ]
    const anything = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 300 }),
      fc.array(fc.constantFrom(...parts), { maxLength: 40 }),
    )
    fc.assert(
      fc.property(anything, fc.constantFrom(null, 'AZ', 'XX'), (made, home) => {
        const text = typeof made === 'string' ? made : made.join('')
        const answer = places.find(text, home)
        expect(answer.input).toBe(text)
        expect(answer.confidence === 'certain' ? answer.state : answer.fips).toEqual(
          answer.confidence === 'certain' ? expect.any(String) : null,
        )
      }),
      { numRuns: 2000 },
    )
    for (const part of [
      ...parts,
      'a',
      '1',
      '-',
      '°',
      "33°26'",
      '1.1 ',
      'Springfield ',
      'protest in Tempee near ',
      '👍',
      'مركز ',
    ]) {
      const text = part.repeat(5000).slice(0, 5000)
      expect(
        effort(() => places.find(text)),
        part,
      ).toBeLessThan(1000)
    }
  })
})
