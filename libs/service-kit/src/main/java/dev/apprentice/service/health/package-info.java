/** A service's conditions: health beside liveness and readiness. */
package dev.apprentice.service.health;
