/** Sign-in: API keys, bearer tokens, and what each role may do. Off until keys or an issuer are configured. */
package dev.apprentice.service.signin;
