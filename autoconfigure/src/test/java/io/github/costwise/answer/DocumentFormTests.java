package io.github.costwise.answer;

import java.util.Map;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import org.springframework.ai.document.Document;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link DocumentForm}.
 */
@Tag("unit")
class DocumentFormTests {

	@Test
	void documentsComeBackAsTheyWere() {
		Document document = Document.builder()
			.id("1")
			.text("Paris \"is\" the capital\n")
			.metadata(Map.of("distance", 0.25f, "page", 3, "at", 1L << 40, "new", true, "source", "a.pdf", "rank", 1.0))
			.score(0.75)
			.build();
		assertThat(ForeignForms.repeats(document)).isTrue();
		assertThat(ForeignForms.read(ForeignForms.name(document), ForeignForms.write(document))).isEqualTo(document);
	}

	@Test
	void documentWithOtherValuesCannot() {
		assertThat(ForeignForms.repeats(new Document("text", Map.of("raw", new StringBuilder("x"))))).isFalse();
	}

}
