"""The built-in OpenID provider, for clubs without Entra ID, Google Workspace, Okta or Keycloak."""

from club.identity.provider.app import create_provider

__all__ = ["create_provider"]
