package dev.apprentice.model.torchscript;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * A float32 tensor that is part of a program. It lies on the program's device from loading on. If the program made it from a list
 * of numbers, each use would copy it to the graphics card.
 *
 * @param elements row by row
 * @param shape sizes of its dimensions
 */
public record TensorConstant(List<Double> elements, List<Integer> shape) {

    public TensorConstant {
        elements = List.copyOf(elements);
        shape = List.copyOf(shape);
        int size = shape.stream().reduce(1, Math::multiplyExact);
        if (size != elements.size()) {
            throw new IllegalArgumentException(elements.size() + " elements do not fill a tensor of shape " + shape);
        }
    }

    /** Returns the elements, little endian. */
    byte[] bytes() {
        ByteBuffer bytes = ByteBuffer.allocate(elements.size() * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        elements.forEach(element -> bytes.putFloat(element.floatValue()));
        return bytes.array();
    }

    /**
     * Returns the tensor as PyTorch pickles it:
     * {@code torch._utils._rebuild_tensor_v2(storage, offset, shape, strides, requires_grad, hooks)}, with its storage as a
     * persistent id.
     *
     * @param number of the entry with its elements
     */
    byte[] pickled(int number) {
        ByteArrayOutputStream pickle = new ByteArrayOutputStream();
        text(pickle, "ctorch._utils\n_rebuild_tensor_v2\n("); // global, mark for its arguments
        text(pickle, "(");
        unicode(pickle, "storage");
        text(pickle, "ctorch\nFloatStorage\n");
        unicode(pickle, Integer.toString(number));
        unicode(pickle, "cpu");
        integer(pickle, elements.size());
        text(pickle, "tQ"); // tuple, persistent id
        integer(pickle, 0);
        text(pickle, "(");
        shape.forEach(size -> integer(pickle, size));
        text(pickle, "t(");
        for (int dimension = 1; dimension <= shape.size(); dimension++) {
            integer(pickle, shape.subList(dimension, shape.size()).stream().reduce(1, Math::multiplyExact));
        }
        text(pickle, "t");
        pickle.write(0x89); // False
        text(pickle, "ccollections\nOrderedDict\n)R"); // called without arguments
        text(pickle, "tR"); // called with the tuple
        return pickle.toByteArray();
    }

    private static void text(ByteArrayOutputStream pickle, String text) {
        pickle.writeBytes(text.getBytes(StandardCharsets.US_ASCII));
    }

    private static void unicode(ByteArrayOutputStream pickle, String text) {
        pickle.write('X');
        number(pickle, text.length());
        text(pickle, text);
    }

    private static void integer(ByteArrayOutputStream pickle, int value) {
        pickle.write('J');
        number(pickle, value);
    }

    private static void number(ByteArrayOutputStream pickle, int value) {
        pickle.writeBytes(ByteBuffer.allocate(Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN).putInt(value).array());
    }
}
