package dev.apprentice.prompts.jinja.value;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;

/** Arithmetic as in Python: integers of any size, and integer division that rounds down. */
public final class Numbers {

    private static final int LARGEST_BITS = 10_000;

    private Numbers() {}

    public static boolean isNumber(Object value) {
        return isInteger(value) || value instanceof Double;
    }

    /** Tells whether a value is an integer. As in Python, true and false are. */
    public static boolean isInteger(Object value) {
        return value instanceof Long || value instanceof BigInteger || value instanceof Boolean;
    }

    public static BigInteger big(Object value) {
        if (value instanceof Boolean flag) {
            return flag ? BigInteger.ONE : BigInteger.ZERO;
        }
        return value instanceof BigInteger big ? big : BigInteger.valueOf((Long) value);
    }

    /** Compares two numbers by their exact values. NaN is the largest. */
    static int compare(Object left, Object right) {
        if (left instanceof Double one && right instanceof Double other) {
            return Double.compare(one + 0.0, other + 0.0); // -0.0 equals 0.0
        }
        if (left instanceof Double one) {
            return isFinite(one) ? new BigDecimal(one).compareTo(new BigDecimal(big(right))) : one < 0 ? -1 : 1;
        }
        return right instanceof Double ? -compare(right, left) : big(left).compareTo(big(right));
    }

    public static boolean isFinite(Object value) {
        return !(value instanceof Double real) || Double.isFinite(real);
    }

    public static double real(Object value) {
        return value instanceof Double real ? real : big(value).doubleValue();
    }

    public static long integer(Object value) {
        if (!isInteger(value)) {
            throw new TemplateException(Values.kind(value) + " cannot be used as a whole number");
        }
        BigInteger big = big(value);
        return big.bitLength() < 64 ? big.longValue() : big.signum() * Long.MAX_VALUE;
    }

    public static Object normal(BigInteger value) {
        if (value.bitLength() > LARGEST_BITS) {
            throw new TemplateException("a number grows beyond " + LARGEST_BITS + " bits");
        }
        return value.bitLength() < 64 ? (Object) value.longValue() : value;
    }

    public static Object calculate(String operator, Object left, Object right) {
        boolean whole = isInteger(left) && isInteger(right);
        return switch (operator) {
            case "+" -> whole ? normal(big(left).add(big(right))) : (Object) (real(left) + real(right));
            case "-" -> whole ? normal(big(left).subtract(big(right))) : (Object) (real(left) - real(right));
            case "*" -> whole ? normal(big(left).multiply(big(right))) : (Object) (real(left) * real(right));
            case "/" -> real(left) / nonZero(right);
            case "//" -> whole ? normal(floor(big(left), nonZero(big(right)))[0]) : (Object) Math.floor(real(left) / nonZero(right));
            case "%" -> whole ? normal(floor(big(left), nonZero(big(right)))[1]) : (Object) modulo(real(left), nonZero(right));
            case "**" -> power(left, right, whole);
            default -> throw new IllegalArgumentException(operator);
        };
    }

    private static BigInteger[] floor(BigInteger left, BigInteger right) {
        BigInteger[] parts = left.divideAndRemainder(right);
        return parts[1].signum() != 0 && parts[1].signum() != right.signum()
                ? new BigInteger[] {parts[0].subtract(BigInteger.ONE), parts[1].add(right)}
                : parts;
    }

    private static double modulo(double left, double right) {
        double rest = left % right;
        return rest != 0 && (rest < 0) != (right < 0) ? rest + right : rest;
    }

    private static Object power(Object left, Object right, boolean whole) {
        if (real(left) == 0 && real(right) < 0) {
            throw new TemplateException("division by zero");
        }
        if (!whole || big(right).signum() < 0) {
            return Math.pow(real(left), real(right));
        }
        if (big(left).abs().bitLength() <= 1) { // 0, 1 or -1, to any power
            return big(left).pow(big(right).testBit(0) ? 1 : big(right).signum() * 2).longValue();
        }
        if (big(right).bitLength() > 14 || (long) big(left).bitLength() * big(right).intValue() > LARGEST_BITS) {
            throw new TemplateException("a number grows beyond " + LARGEST_BITS + " bits");
        }
        return normal(big(left).pow(big(right).intValue()));
    }

    private static double nonZero(Object value) {
        if (real(value) == 0) {
            throw new TemplateException("division by zero");
        }
        return real(value);
    }

    private static BigInteger nonZero(BigInteger value) {
        if (value.signum() == 0) {
            throw new TemplateException("division by zero");
        }
        return value;
    }

    /** {@link Double#toString} identifies the number too, but before Java 19 it may have more digits than needed. */
    private static BigDecimal shortest(double value) {
        BigDecimal near = new BigDecimal(value).round(new MathContext(25)); // the exact value may have 1,000 digits
        int digits = 1;
        while (digits < 17 && near.round(new MathContext(digits)).doubleValue() != value) {
            digits++;
        }
        return near.round(new MathContext(digits)).stripTrailingZeros();
    }

    /** Returns the shortest digits that identify this number, as Python writes them. */
    public static String text(double value) {
        if (Double.isNaN(value)) {
            return "nan";
        }
        if (Double.isInfinite(value)) {
            return value > 0 ? "inf" : "-inf";
        }
        if (value == 0) {
            return 1 / value < 0 ? "-0.0" : "0.0";
        }
        BigDecimal shortest = shortest(value);
        int exponent = shortest.precision() - shortest.scale() - 1;
        if (exponent >= -4 && exponent < 16) {
            String plain = shortest.toPlainString();
            return plain.contains(".") ? plain : plain + ".0";
        }
        String digits = shortest.unscaledValue().abs().toString();
        return (value < 0 ? "-" : "") + digits.charAt(0) + (digits.length() > 1 ? "." + digits.substring(1) : "") + "e"
                + (exponent < 0 ? "-" : "+") + (Math.abs(exponent) < 10 ? "0" : "") + Math.abs(exponent);
    }
}
