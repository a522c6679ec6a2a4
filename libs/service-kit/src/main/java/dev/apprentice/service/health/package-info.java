/** Conditions: a service's health beyond liveness and readiness. */
package dev.apprentice.service.health;
