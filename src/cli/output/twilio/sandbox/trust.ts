/** Where the certificate is, and how all programs of a machine are made to trust it, which those with the environment do already. */
export function trustHint(path: string, platform: NodeJS.Platform = process.platform): string {
  return [
    `Certificate: ${path}`,
    'Programs that have the environment above trust it. For all programs on this machine:',
    `  ${trustCommand(path, platform)}`,
    'It can vouch only for twilio.com, korewireless.com and the sandbox.',
  ].join('\n')
}

function trustCommand(path: string, platform: NodeJS.Platform): string {
  if (platform === 'darwin')
    return `security add-trusted-cert -r trustRoot -k ~/Library/Keychains/login.keychain-db '${path}'`
  if (platform === 'win32') return `certutil -user -addstore Root "${path}"`
  return `sudo cp '${path}' /usr/local/share/ca-certificates/aka-twilio-sandbox.crt && sudo update-ca-certificates`
}
