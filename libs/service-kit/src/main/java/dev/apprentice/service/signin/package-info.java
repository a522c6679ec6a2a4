/** Who may call a service: API keys, bearer tokens, and what each role may do. Off until one of them is configured. */
package dev.apprentice.service.signin;
