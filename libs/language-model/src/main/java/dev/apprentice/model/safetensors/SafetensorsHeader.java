package dev.apprentice.model.safetensors;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import dev.apprentice.model.ModelException;
import dev.apprentice.model.file.TensorEntry;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/**
 * The JSON at the beginning of a safetensors file. All of it is checked before use, because the file may be malicious.
 *
 * @param entries by name, in the order of their bytes; together they cover the data without overlap or gap
 * @param metadata free text by name
 * @see <a href="https://huggingface.co/docs/safetensors">the format</a>
 */
record SafetensorsHeader(Map<String, TensorEntry<SafetensorsType>> entries, Map<String, String> metadata) {

    private static final JsonFactory JSON = JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    /**
     * @param file named in errors
     * @param json the header's bytes
     * @param dataBegin offset of the first byte after the header
     * @param fileSize bytes in the whole file
     */
    static SafetensorsHeader parse(Path file, byte[] json, long dataBegin, long fileSize) {
        return new Reading(file, dataBegin, fileSize).header(json);
    }

    /** One pass over the header. */
    private record Reading(Path file, long dataBegin, long fileSize) {

        SafetensorsHeader header(byte[] json) {
            try (JsonParser parser = JSON.createParser(json)) {
                if (parser.nextToken() != JsonToken.START_OBJECT) {
                    throw damaged("has a header that is not a JSON object");
                }
                List<TensorEntry<SafetensorsType>> entries = new ArrayList<>();
                Map<String, String> metadata = new LinkedHashMap<>();
                while (parser.nextToken() != JsonToken.END_OBJECT) {
                    String name = parser.currentName();
                    parser.nextToken();
                    if (name.equals("__metadata__")) {
                        readMetadata(parser, metadata);
                    } else {
                        entries.add(entry(parser, name));
                    }
                }
                if (parser.nextToken() != null) {
                    throw damaged("has trailing data after its header's JSON");
                }
                return new SafetensorsHeader(withoutHoles(entries), Collections.unmodifiableMap(metadata));
            } catch (StreamConstraintsException e) {
                throw damaged("has a header with a name, text or number that is longer than any real one");
            } catch (JsonProcessingException e) {
                throw damaged("has a header that is not valid JSON at byte " + e.getLocation().getByteOffset() + " ("
                        + e.getOriginalMessage() + ")");
            } catch (IOException e) {
                throw damaged("has a header that is not valid UTF-8 (" + e.getMessage() + ")");
            }
        }

        private void readMetadata(JsonParser parser, Map<String, String> metadata) throws IOException {
            expect(parser, JsonToken.START_OBJECT, "has a __metadata__ that is not an object");
            while (parser.nextToken() != JsonToken.END_OBJECT) {
                String name = parser.currentName();
                parser.nextToken();
                expect(parser, JsonToken.VALUE_STRING, "has metadata '" + name + "' that is not a text");
                metadata.put(name, parser.getText());
            }
        }

        private TensorEntry<SafetensorsType> entry(JsonParser parser, String name) throws IOException {
            String tensor = "has a tensor '" + name + "'";
            expect(parser, JsonToken.START_OBJECT, tensor + " whose description is not an object");
            SafetensorsType type = null;
            long[] shape = null;
            long[] offsets = null;
            while (parser.nextToken() != JsonToken.END_OBJECT) {
                String field = parser.currentName();
                parser.nextToken();
                switch (field) {
                    case "dtype" -> type = type(parser, tensor);
                    case "shape" -> shape = integers(parser, tensor + " whose shape");
                    case "data_offsets" -> offsets = integers(parser, tensor + " whose data_offsets");
                    default -> throw damaged(tensor + " with the unknown field '" + field + "'");
                }
            }
            if (type == null || shape == null || offsets == null) {
                throw damaged(tensor + " that lacks its dtype, shape or data_offsets");
            }
            return checked(name, tensor, type, shape, offsets);
        }

        private SafetensorsType type(JsonParser parser, String tensor) throws IOException {
            expect(parser, JsonToken.VALUE_STRING, tensor + " whose dtype is not a text");
            String name = parser.getText();
            return SafetensorsType.named(name)
                    .orElseThrow(() -> new ModelException(file + " " + tensor + " of dtype " + name
                            + ", which is not supported; there are " + SafetensorsType.names()));
        }

        private long[] integers(JsonParser parser, String what) throws IOException {
            expect(parser, JsonToken.START_ARRAY, what + " is not a list");
            long[] values = new long[4];
            int count = 0;
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                expect(parser, JsonToken.VALUE_NUMBER_INT, what + " holds something that is not a whole number");
                if (count == values.length) {
                    values = Arrays.copyOf(values, count * 2);
                }
                values[count++] = parser.getLongValue();
            }
            return Arrays.copyOf(values, count);
        }

        private TensorEntry<SafetensorsType> checked(String name, String tensor, SafetensorsType type, long[] shape, long[] offsets) {
            OptionalLong bytes = type.bytes(shape);
            if (bytes.isEmpty()) {
                throw damaged(tensor + " of the impossible shape " + Arrays.toString(shape));
            }
            long dataLength = fileSize - dataBegin;
            if (offsets.length != 2 || offsets[0] < 0 || offsets[1] < offsets[0] || offsets[1] > dataLength) {
                throw damaged(tensor + " at data_offsets " + Arrays.toString(offsets) + ", but the file holds "
                        + dataLength + " bytes of data");
            }
            if (offsets[1] - offsets[0] != bytes.getAsLong()) {
                throw damaged(tensor + " of shape " + Arrays.toString(shape) + " and dtype " + type + ", which takes "
                        + bytes.getAsLong() + " bytes, but data_offsets that span " + (offsets[1] - offsets[0]));
            }
            return new TensorEntry<>(name, type, shape, dataBegin + offsets[0], dataBegin + offsets[1]);
        }

        private Map<String, TensorEntry<SafetensorsType>> withoutHoles(List<TensorEntry<SafetensorsType>> entries) {
            Map<String, TensorEntry<SafetensorsType>> byName = TensorEntry.inOrder(entries, file, fileSize);
            long expected = dataBegin;
            for (TensorEntry<SafetensorsType> entry : byName.values()) {
                if (entry.begin() != expected) {
                    throw damaged("has a tensor '" + entry.name() + "' at byte " + entry.begin()
                            + " that leaves a gap before it; expected at byte " + expected);
                }
                expected = entry.end();
            }
            if (expected != fileSize) {
                throw damaged("ends with " + (fileSize - expected) + " bytes that belong to no tensor");
            }
            return byName;
        }

        private void expect(JsonParser parser, JsonToken token, String otherwise) {
            if (parser.currentToken() != token) {
                throw damaged(otherwise);
            }
        }

        private ModelException damaged(String what) {
            return new ModelException(file + " " + what + "; the file is damaged, download it again");
        }
    }
}
