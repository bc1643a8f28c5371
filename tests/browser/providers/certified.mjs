// The OpenID-certified provider from npm, on loopback, for tests only.
// node certified.mjs PORT REDIRECT_URI
import { Provider } from 'oidc-provider';

const [, , port, redirect] = process.argv;
const people = {
  founder: { name: '創 はじめ', email: 'founder@outside.example', email_verified: true, locale: 'ja-JP' },
};
const provider = new Provider(`http://localhost:${port}`, {
  clients: [{
    client_id: 'club',
    client_secret: 'only-for-tests-on-loopback',
    redirect_uris: [redirect],
    post_logout_redirect_uris: [redirect],
    response_types: ['code'],
    grant_types: ['authorization_code'],
  }],
  claims: { openid: ['sub', 'auth_time'], profile: ['name', 'locale'], email: ['email', 'email_verified'] },
  conformIdTokenClaims: false,
  cookies: { keys: ['only-for-tests'] },
  pkce: { required: () => false },
  features: { devInteractions: { enabled: true }, rpInitiatedLogout: { enabled: true } },
  async findAccount(_ctx, id) {
    return { accountId: id, async claims() { return { sub: id, ...(people[id] ?? {}) }; } };
  },
});
provider.listen(Number(port), '127.0.0.1');
