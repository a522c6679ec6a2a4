/** What every service measures beside its own: build, disk, memory, dead letters; and which of the libraries' metrics are shown. */
package dev.apprentice.service.metrics;
