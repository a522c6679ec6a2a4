/** Clients of the services' HTTP interfaces. */
package dev.apprentice.cli.client;
