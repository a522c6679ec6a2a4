package dev.apprentice.lab.soak;

import dev.apprentice.local.CommandException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.OptionalDouble;
import java.util.stream.DoubleStream;

/** The metrics of a service, in Prometheus's format. */
final class ServiceMetrics {

    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final String text;

    /** Wraps metrics. @param text in Prometheus's text format */
    ServiceMetrics(String text) {
        this.text = text;
    }

    /** Fetches the metrics of a service. @param service the service's HTTP address */
    static ServiceMetrics of(URI service) {
        HttpRequest request = HttpRequest.newBuilder(service.resolve("/q/metrics"))
                .header("Accept", "text/plain")
                .timeout(PATIENCE)
                .build();
        try {
            return new ServiceMetrics(HTTP.send(request, HttpResponse.BodyHandlers.ofString()).body());
        } catch (IOException e) {
            throw new CommandException("The meters at " + request.uri() + " cannot be read: " + e + ".", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CommandException("Reading meters was interrupted.", e);
        }
    }

    /**
     * Returns the sum of a metric's values over all its labels, or over those with this one.
     *
     * @param label such as {@code area="heap"}; empty for all
     * @return empty if the service has no such metric
     */
    OptionalDouble sum(String meter, String label) {
        double[] values = values(meter, label).toArray();
        return values.length == 0 ? OptionalDouble.empty() : OptionalDouble.of(DoubleStream.of(values).sum());
    }

    private DoubleStream values(String meter, String label) {
        return text.lines()
                .filter(line -> line.startsWith(meter + "{") || line.startsWith(meter + " "))
                .filter(line -> line.contains(label))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)));
    }
}
