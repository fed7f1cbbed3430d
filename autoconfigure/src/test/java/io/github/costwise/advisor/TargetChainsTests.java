package io.github.costwise.advisor;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import io.micrometer.common.KeyValue;
import io.micrometer.common.KeyValues;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationHandler;
import io.micrometer.observation.ObservationRegistry;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Flux;

import org.springframework.ai.chat.client.ChatClient;
import org.springframework.ai.chat.client.ChatClientRequest;
import org.springframework.ai.chat.client.ChatClientResponse;
import org.springframework.ai.chat.client.advisor.api.CallAdvisor;
import org.springframework.ai.chat.client.advisor.api.CallAdvisorChain;
import org.springframework.ai.chat.client.advisor.api.StreamAdvisor;
import org.springframework.ai.chat.client.advisor.api.StreamAdvisorChain;
import org.springframework.ai.chat.client.advisor.observation.AdvisorObservationContext;
import org.springframework.ai.chat.client.advisor.observation.DefaultAdvisorObservationConvention;
import org.springframework.ai.chat.messages.AssistantMessage;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.model.Generation;
import org.springframework.ai.chat.prompt.Prompt;
import org.springframework.core.Ordered;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link TargetChains}, with and without observation and other advisors.
 */
@Tag("chain")
class TargetChainsTests {

	private final List<String> seen = new CopyOnWriteArrayList<>();

	private final List<String> observed = new CopyOnWriteArrayList<>();

	private final ChatModel own = new Model("own");

	private final ChatModel other = new Model("other");

	@ParameterizedTest
	@ValueSource(ints = { 0, 1, 2, 3 })
	void callsAreAttemptedAnyNumberOfTimes(int setting) {
		ChatClient client = client(setting, null, this.other, this.own, this.other, null);
		assertThat(client.prompt("Q").call().content()).isEqualTo("own");
		assertSeen(setting, "own", "other", "own", "other", "own");
	}

	@ParameterizedTest
	@ValueSource(ints = { 0, 1, 2, 3 })
	void streamsAreAttemptedAnyNumberOfTimes(int setting) {
		ChatClient client = client(setting, null, this.other, this.own, this.other);
		assertThat(client.prompt("Q").stream().content().collectList().block()).containsExactly("own", "other", "own",
				"other");
		assertSeen(setting, "own", "other", "own", "other");
	}

	private void assertSeen(int setting, String... models) {
		List<String> expected = new ArrayList<>();
		for (String model : models) {
			if (isAdvised(setting)) {
				expected.add("advisor");
			}
			expected.add(model);
		}
		assertThat(this.seen).containsExactlyElementsOf(expected);
		if (isObserved(setting)) {
			assertThat(this.observed).containsOnly("blue");
		}
	}

	private ChatClient client(int setting, @Nullable ChatModel... targets) {
		ObservationRegistry registry = ObservationRegistry.NOOP;
		if (isObserved(setting)) {
			registry = ObservationRegistry.create();
			registry.observationConfig().observationHandler(new Handler());
		}
		ChatClient.Builder builder = ChatClient.builder(this.own, registry, null, new Convention(), null)
			.defaultAdvisors(new Attempts(targets));
		return (isAdvised(setting) ? builder.defaultAdvisors(new Seeing()) : builder).build();
	}

	private static boolean isObserved(int setting) {
		return (setting & 1) != 0;
	}

	private static boolean isAdvised(int setting) {
		return (setting & 2) != 0;
	}

	/** Attempts each target in turn; in streams, one after the other. */
	private static final class Attempts implements CallAdvisor, StreamAdvisor {

		private final @Nullable ChatModel[] targets;

		private Attempts(@Nullable ChatModel[] targets) {
			this.targets = targets;
		}

		@Override
		public ChatClientResponse adviseCall(ChatClientRequest request, CallAdvisorChain chain) {
			ChatClientResponse response = TargetChains.call(this, chain, request, this.targets[0]);
			for (int i = 1; i < this.targets.length; i++) {
				response = TargetChains.call(this, chain, request, this.targets[i]);
			}
			return response;
		}

		@Override
		public Flux<ChatClientResponse> adviseStream(ChatClientRequest request, StreamAdvisorChain chain) {
			List<Flux<ChatClientResponse>> attempts = new ArrayList<>();
			for (ChatModel target : this.targets) {
				attempts.add(TargetChains.stream(this, chain, request, target));
			}
			return Flux.concat(attempts);
		}

		@Override
		public String getName() {
			return "attempts";
		}

		@Override
		public int getOrder() {
			return CostCallAdvisor.ORDER;
		}

	}

	private final class Seeing implements CallAdvisor, StreamAdvisor {

		@Override
		public ChatClientResponse adviseCall(ChatClientRequest request, CallAdvisorChain chain) {
			TargetChainsTests.this.seen.add("advisor");
			return chain.nextCall(request);
		}

		@Override
		public Flux<ChatClientResponse> adviseStream(ChatClientRequest request, StreamAdvisorChain chain) {
			TargetChainsTests.this.seen.add("advisor");
			return chain.nextStream(request);
		}

		@Override
		public String getName() {
			return "seeing";
		}

		@Override
		public int getOrder() {
			return Ordered.LOWEST_PRECEDENCE - 1;
		}

	}

	private final class Model implements ChatModel {

		private final String name;

		private Model(String name) {
			this.name = name;
		}

		@Override
		public ChatResponse call(Prompt prompt) {
			TargetChainsTests.this.seen.add(this.name);
			return new ChatResponse(List.of(new Generation(new AssistantMessage(this.name))));
		}

		@Override
		public Flux<ChatResponse> stream(Prompt prompt) {
			return Flux.defer(() -> Flux.just(call(prompt)));
		}

	}

	private static final class Convention extends DefaultAdvisorObservationConvention {

		@Override
		public KeyValues getLowCardinalityKeyValues(AdvisorObservationContext context) {
			return KeyValues.of("colour", "blue");
		}

	}

	private final class Handler implements ObservationHandler<AdvisorObservationContext> {

		@Override
		public void onStop(AdvisorObservationContext context) {
			KeyValue colour = context.getLowCardinalityKeyValue("colour");
			TargetChainsTests.this.observed.add((colour != null) ? colour.getValue() : "");
		}

		@Override
		public boolean supportsContext(Observation.Context context) {
			return context instanceof AdvisorObservationContext;
		}

	}

}
