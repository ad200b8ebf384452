import {describe, expect, it} from '@jest/globals'

import {aboutFile} from '../../../../../src/cli/output/twilio/registration/init.js'
import {builtIn} from '../../../../../src/lib/registration/policy.js'

describe('what is said of a file with a registration', () => {
  it('warns of personal data, and is a command line that takes the file, whatever its name', () => {
    const [asked, personal, next] = aboutFile({file: "it's.yaml", only: undefined}, builtIn)
    expect(asked).toMatch(/^It has everything that the policy of Twilio .* asks for\.$/)
    expect(personal).toMatch(/echo 'it'\\''s\.yaml' >> \.gitignore/)
    expect(next).toMatch(/twilio:registration:submit -a APP-SPACE --file 'it'\\''s\.yaml'$/)
  })

  it('combines a part with another file', () => {
    const nextOf = (only: 'organisation' | 'campaign') => aboutFile({file: 'part.yaml', only}, builtIn).at(-1)
    expect(nextOf('organisation')).toMatch(/submit -a APP-SPACE --file part\.yaml --campaign FILE$/)
    expect(nextOf('campaign')).toMatch(/submit -a APP-SPACE --file FILE --campaign part\.yaml$/)
  })

  it('says nothing of personal data where there is none', () => {
    expect(aboutFile({file: 'orders.yaml', only: 'campaign'}, builtIn)).toHaveLength(1)
    expect(aboutFile({file: 'us.yaml', only: 'organisation'}, builtIn)).toHaveLength(3)
  })
})
