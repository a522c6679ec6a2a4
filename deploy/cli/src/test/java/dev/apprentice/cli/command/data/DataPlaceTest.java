package dev.apprentice.cli.command.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DataPlaceTest {

    @ParameterizedTest
    @CsvSource({
        "hf:tatsu-lab/alpaca, tatsu-lab-alpaca",
        "hf:org/chats@v1:default/train_sft, org-chats-v1-default-train_sft",
        "https://example.org/data/songs.json?key=1, songs",
        "s3://bucket/data/songs.jsonl, songs",
    })
    void aDatasetAtAnAddressIsNamedAfterIt(String address, String name) {
        DataPlace place = DataPlace.of(address, "--data");

        assertThat(place.isAddress()).isTrue();
        assertThat(place.datasetName(null, null)).isEqualTo(name);
    }

    @Test
    void anAddressThatMayHoldASecretIsNotWrittenDown() {
        assertThat(DataPlace.of("hf:org/chats:test", "--data").again()).contains("hf:org/chats:test");
        assertThat(DataPlace.of("https://example.org/a.json", "--data").again()).contains("https://example.org/a.json");
        assertThat(DataPlace.of("https://example.org/a.json?token=x", "--data").again()).isEqualTo(Optional.empty());
        assertThat(DataPlace.of("https://me:secret@example.org/a.json", "--data").again()).isEmpty();
        assertThat(DataPlace.of("pom.xml", "--data").again()).contains(Path.of("pom.xml").toAbsolutePath().toString());
    }
}
