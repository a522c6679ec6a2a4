package dev.apprentice.model.safetensors;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.apprentice.model.ModelException;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Checks that each kind of wrong header has its own message. The files have 8 bytes of data. */
class SafetensorsHeaderTest {

    @TempDir
    Path folder;

    static Stream<Arguments> lies() {
        return Stream.of(
                Arguments.of("[]", "has a header that is not a JSON object"),
                Arguments.of("", "has a header that is not a JSON object"),
                Arguments.of("{\"a\":", "has a header that is not valid JSON at byte "),
                Arguments.of("{} {}", "has trailing data after its header's JSON"),
                Arguments.of("{\"a\":1}", "has a tensor 'a' whose description is not an object"),
                Arguments.of("{\"__metadata__\":[]}", "has a __metadata__ that is not an object"),
                Arguments.of("{\"__metadata__\":{\"x\":1}}", "has metadata 'x' that is not a text"),
                Arguments.of(tensor("\"F32\"", "[2]", "[0,8]") + tensor("\"F32\"", "[2]", "[0,8]"), "trailing data after"),
                Arguments.of(
                        "{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]},"
                                + "\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[4,8]}}",
                        "has a header that is not valid JSON at byte"),
                Arguments.of("{\"a\":{\"dtype\":\"F32\",\"shape\":[2]}}", "lacks its dtype, shape or data_offsets"),
                Arguments.of("{\"a\":{\"strides\":[2]}}", "has a tensor 'a' with the unknown field 'strides'"),
                Arguments.of(tensor("3", "[2]", "[0,8]"), "has a tensor 'a' whose dtype is not a text"),
                Arguments.of(tensor("\"F31\"", "[2]", "[0,8]"), "has a tensor 'a' of dtype F31, which is not supported"),
                Arguments.of(tensor("\"F32\"", "2", "[0,8]"), "has a tensor 'a' whose shape is not a list"),
                Arguments.of(tensor("\"F32\"", "[2.0]", "[0,8]"), "whose shape holds something that is not a whole number"),
                Arguments.of(tensor("\"F32\"", "[-2]", "[0,8]"), "has a tensor 'a' of the impossible shape [-2]"),
                Arguments.of(tensor("\"F32\"", "[-1,-2]", "[0,8]"), "has a tensor 'a' of the impossible shape [-1, -2]"),
                Arguments.of(
                        tensor("\"F32\"", "[4611686018427387904,4]", "[0,8]"),
                        "has a tensor 'a' of the impossible shape [4611686018427387904, 4]"),
                Arguments.of(tensor("\"F32\"", "[99999999999999999999]", "[0,8]"), "is not valid JSON at byte "),
                Arguments.of(tensor("\"F32\"", "[2]", "[0]"), "has a tensor 'a' at data_offsets [0]"),
                Arguments.of(tensor("\"F32\"", "[2]", "[-8,0]"), "has a tensor 'a' at data_offsets [-8, 0]"),
                Arguments.of(tensor("\"F32\"", "[2]", "[8,0]"), "has a tensor 'a' at data_offsets [8, 0]"),
                Arguments.of(
                        tensor("\"F32\"", "[3]", "[0,12]"),
                        "has a tensor 'a' at data_offsets [0, 12], but the file holds 8 bytes of data"),
                Arguments.of(
                        tensor("\"F32\"", "[1]", "[0,8]"),
                        "has a tensor 'a' of shape [1] and dtype F32, which takes 4 bytes, but data_offsets that span 8"),
                Arguments.of(tensor("\"F32\"", "[1]", "[4,8]"), "leaves a gap before it; expected at byte"),
                Arguments.of(tensor("\"F32\"", "[1]", "[0,4]"), "ends with 4 bytes that belong to no tensor"),
                Arguments.of("{}", "ends with 8 bytes that belong to no tensor"),
                Arguments.of(
                        "{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]},"
                                + "\"b\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[4,8]}}",
                        ": tensor 'b' begins within another tensor; the file is damaged"),
                Arguments.of("[".repeat(5_000), "has a header that is not a JSON object"),
                Arguments.of("{\"a\":".repeat(5_000), "has a tensor 'a' with the unknown field 'a'"));
    }

    private static String tensor(String type, String shape, String offsets) {
        return "{\"a\":{\"dtype\":" + type + ",\"shape\":" + shape + ",\"data_offsets\":" + offsets + "}}";
    }

    @ParameterizedTest
    @MethodSource("lies")
    void aHeaderThatLiesIsRefusedWithTheReason(String header, String reason) {
        Path path = SafetensorsBytes.file(folder, header, 8);

        assertThatThrownBy(() -> SafetensorsFile.open(path))
                .isInstanceOf(ModelException.class)
                .hasMessageStartingWith(path.toString())
                .hasMessageContaining(reason);
    }
}
