"""Who somebody is: OpenID claims, passwords, and a provider for clubs without one of their own."""
