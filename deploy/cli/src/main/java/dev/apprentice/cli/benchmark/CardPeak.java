package dev.apprentice.cli.benchmark;

import dev.apprentice.model.Precision;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.OptionalDouble;

/**
 * A graphics card's peak rate for dense matrices, from its data sheet.
 *
 * @param name how the card's name begins, as its driver reports it
 * @param bfloat16 TFLOPS with sums in float32; NaN if the card has no bfloat16
 * @param float32 TFLOPS, without TF32
 */
record CardPeak(String name, double bfloat16, double float32) {

    private static final String TABLE = "card-peaks.csv";
    private static final double TERA = 1e12;

    /** The peak rate of one card; empty if the table does not have it. @param name the card's name, as its driver reports it */
    record Found(String name, OptionalDouble operationsPerSecond) {}

    /** What may follow a name: form factor and memory. Any other suffix means another card, such as an A10G or a laptop's. */
    private static final String BUILT = "([ -](PCIe|PCIE|SXM\\d?|HBM\\w*|\\d+GB))*";

    /** Returns the card's peak rate in this precision. If several names match, the longest one counts. */
    static Found of(String card, Precision precision) {
        return new Found(card, all().stream()
                .filter(peak -> card.startsWith(peak.name) && card.substring(peak.name.length()).matches(BUILT))
                .max((one, other) -> Integer.compare(one.name.length(), other.name.length()))
                .map(peak -> precision == Precision.BFLOAT16 ? peak.bfloat16 : peak.float32)
                .filter(known -> !known.isNaN())
                .map(teraflops -> OptionalDouble.of(teraflops * TERA))
                .orElse(OptionalDouble.empty()));
    }

    static List<CardPeak> all() {
        try (InputStream table = CardPeak.class.getResourceAsStream(TABLE);
                BufferedReader lines = new BufferedReader(new InputStreamReader(table, StandardCharsets.UTF_8))) {
            return lines.lines().filter(line -> !line.startsWith("#")).map(line -> line.split(",")).map(CardPeak::read).toList();
        } catch (IOException e) {
            throw new UncheckedIOException("the table of graphics cards cannot be read", e);
        }
    }

    private static CardPeak read(String[] line) {
        return new CardPeak(line[0], line[1].isEmpty() ? Double.NaN : Double.parseDouble(line[1]), Double.parseDouble(line[2]));
    }
}
