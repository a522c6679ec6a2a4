/**
 * The published language of the services: their events, and what all of them build on.
 *
 * <p>{@code run} specifies a run, {@code event} has a record for each topic, {@code topic} the topics and the wire format of
 * events, {@code settings} the description of a run's settings, from which options and checks follow. This package has what all of
 * them use: names, checks, JSON, digests.
 */
package dev.apprentice.contracts;
