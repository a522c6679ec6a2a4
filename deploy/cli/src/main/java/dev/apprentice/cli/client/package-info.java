/** The services' HTTP interfaces as this command line uses them. */
package dev.apprentice.cli.client;
