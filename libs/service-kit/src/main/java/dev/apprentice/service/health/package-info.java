/** What a service says of its health beside liveness and readiness. */
package dev.apprentice.service.health;
