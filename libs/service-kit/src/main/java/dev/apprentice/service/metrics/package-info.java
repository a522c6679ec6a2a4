/** Metrics that every service has: build, disk, memory, dead letters; and a filter for the libraries' metrics. */
package dev.apprentice.service.metrics;
