package io.github.costwise.embedding;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that every property of the module is described, in the metadata and on its page.
 */
@Tag("unit")
class EmbeddingMetadataTests {

	private static final Path PAGE = Path.of(System.getProperty("basedir", ".")).resolve("../docs/encoding.md");

	@Test
	void everyPropertyIsDescribedAndOnThePageWithItsDefault() throws IOException {
		String page = Files.readString(PAGE);
		JsonNode properties = metadata().path("properties");
		assertThat(properties.size()).isEqualTo(9);
		properties.forEach((property) -> {
			String name = property.path("name").asString("");
			assertThat(name).startsWith("costwise.embedding.").isLowerCase();
			assertThat(property.path("description").asString("")).as(name).isNotBlank();
			String value = property.path("defaultValue").asString("");
			assertThat(page).contains("| `" + name + "` | " + (value.isEmpty() ? "|" : "`" + value + "` |"));
		});
	}

	private static JsonNode metadata() throws IOException {
		String folder = OnnxTextEncoder.class.getProtectionDomain().getCodeSource().getLocation().getPath();
		return JsonMapper.shared()
			.readTree(Files.readString(Path.of(folder).resolve("META-INF/spring-configuration-metadata.json")));
	}

}
