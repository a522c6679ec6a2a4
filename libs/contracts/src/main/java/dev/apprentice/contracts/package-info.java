/**
 * The published language of the house: what services say to one another, and what every part of it stands on.
 *
 * <p>{@code run} is what a run is asked to do, {@code event} one record a topic, {@code topic} the topics and the form of
 * events on the wire, {@code settings} the description of a run's settings from which options and checks follow. Here is what
 * all of them use: names, checks, JSON, digests.
 */
package dev.apprentice.contracts;
