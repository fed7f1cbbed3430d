package io.github.costwise.cache.partition;

import java.util.stream.Stream;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import io.github.costwise.cache.partition.ModelIdentity.Place;
import io.github.costwise.cache.partition.ModelIdentity.Server;

import static org.assertj.core.api.Assertions.assertThat;

/** What tells a chat model from others. */
@Tag("unit")
class ModelIdentityTests {

	private static final Place BEAN = new Place(null, "chatModel", "shop");

	private static final Place LOOSE = new Place(null, null, "shop");

	private static final Server KNOWN = new Server("OpenAiChatModel", "http://one/v1", "gpt-5-mini");

	private static final Server HIDDEN = new Server("OwnChatModel", null, null);

	@Test
	void beanServerAndModelCount() {
		assertThat(Stream
			.of(new Server("OpenAiChatModel", "http://two/v1", "gpt-5-mini"),
					new Server("OpenAiChatModel", "http://one/v1", "gpt-5"),
					new Server("OpenAiChatModel", "http://one/v1", null),
					new Server("AnthropicChatModel", "http://one/v1", "gpt-5-mini"),
					new Server("OpenAiChatModel", null, "gpt-5-mini"), KNOWN)
			.flatMap((server) -> Stream.of(ModelIdentity.of(BEAN, server),
					ModelIdentity.of(new Place(null, "other", "shop"), server))))
			.doesNotContainNull()
			.doesNotHaveDuplicates();
	}

	@Test
	void applicationStandsForAServerThatIsNotKnown() {
		Place elsewhere = new Place(null, "chatModel", "bank");
		assertThat(ModelIdentity.of(BEAN, KNOWN)).isEqualTo(ModelIdentity.of(elsewhere, KNOWN));
		assertThat(ModelIdentity.of(BEAN, HIDDEN)).isNotNull().isNotEqualTo(ModelIdentity.of(elsewhere, HIDDEN));
	}

	@Test
	void whatIsNoBeanNeedsServerAndModel() {
		assertThat(ModelIdentity.of(LOOSE, KNOWN)).isNotNull().isNotEqualTo(ModelIdentity.of(BEAN, KNOWN));
		assertThat(ModelIdentity.of(LOOSE, HIDDEN)).isNull();
		assertThat(ModelIdentity.of(LOOSE, new Server("OpenAiChatModel", "http://one/v1", null))).isNull();
		assertThat(ModelIdentity.of(LOOSE, new Server("OpenAiChatModel", null, "gpt-5-mini"))).isNull();
	}

	@Test
	void whatTheApplicationSaysGoesFirst() {
		Place one = new Place("farm", "chatModel", "shop");
		Place other = new Place("farm", "second", "bank");
		assertThat(ModelIdentity.of(one, KNOWN)).isEqualTo(ModelIdentity.of(other, HIDDEN))
			.isNotEqualTo(ModelIdentity.of(new Place("field", "chatModel", "shop"), KNOWN))
			.isNotEqualTo(ModelIdentity.of(BEAN, KNOWN));
	}

	@Test
	void addressesAreNotTold() {
		assertThat(KNOWN.toString()).doesNotContain("http");
	}

}
