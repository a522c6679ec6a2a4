package dev.apprentice.cli.command.option;

import java.util.Locale;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * Reads a precision by its name or by the short form that other programs use: {@code bf16} and {@code fp32}.
 *
 * @param <E> one of the enums of precisions
 */
public final class PrecisionConverter<E extends Enum<E>> implements ITypeConverter<E> {

    private final Class<E> precisions;

    /** @param precisions an enum with FLOAT32 and BFLOAT16 */
    public PrecisionConverter(Class<E> precisions) {
        this.precisions = precisions;
    }

    @Override
    public E convert(String text) {
        return switch (text.strip().toLowerCase(Locale.ROOT)) {
            case "float32", "fp32" -> Enum.valueOf(precisions, "FLOAT32");
            case "bfloat16", "bf16" -> Enum.valueOf(precisions, "BFLOAT16");
            default -> throw new TypeConversionException("'" + text + "' is not a precision; there are float32 (fp32) and"
                    + " bfloat16 (bf16)");
        };
    }
}
