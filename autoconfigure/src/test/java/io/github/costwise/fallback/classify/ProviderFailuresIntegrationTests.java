package io.github.costwise.fallback.classify;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

import org.springframework.ai.chat.client.ChatClient;
import org.springframework.ai.chat.client.ChatClientRequest;
import org.springframework.ai.chat.client.ChatClientResponse;
import org.springframework.ai.chat.client.advisor.api.AdvisorChain;
import org.springframework.ai.chat.client.advisor.api.BaseAdvisor;

import io.github.costwise.model.Failure;
import io.github.costwise.model.FailureKind;
import io.github.costwise.testsupport.Answer;
import io.github.costwise.testsupport.Fault;
import io.github.costwise.testsupport.Fault.Point;
import io.github.costwise.testsupport.LoopbackProvider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

/** Real clients fail over loopback HTTP, and what they throw is classified. */
@Tag("chain")
class ProviderFailuresIntegrationTests {

	private static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");

	private static final Duration PATIENT = Duration.ofSeconds(20);

	private static final LoopbackProvider provider = new LoopbackProvider();

	private final FailureClassifiers classifiers = new FailureClassifiers(List.of(), Clock.fixed(NOW, ZoneOffset.UTC));

	@BeforeEach
	void forget() {
		provider.reset();
	}

	@AfterAll
	static void stop() {
		provider.close();
	}

	static Stream<Case> answers() {
		return Stream.of(Vendor.values()).flatMap((vendor) -> Stream.of(false, true).flatMap(vendor::cases));
	}

	@ParameterizedTest
	@MethodSource("answers")
	void classifiesWhatIsThrown(Case given) {
		provider.enqueue(given.answer());
		Throwable thrown = Thrown.by(given.vendor().model(provider, PATIENT), given.stream());
		assertThat(thrown).isNotNull();
		assertThat(this.classifiers.classify(thrown)).as(thrown.toString()).isEqualTo(given.expected());
	}

	@ParameterizedTest
	@EnumSource
	void looksThroughTheWrapperOfAdvisors(Vendor vendor) {
		provider.enqueue(Answer.error(429).header("retry-after", "7"));
		ChatClient client = ChatClient.builder(vendor.model(provider, PATIENT)).defaultAdvisors(new Before()).build();
		Throwable thrown = catchThrowable(() -> client.prompt("Hello").stream().content().blockLast());
		assertThat(thrown).hasStackTraceContaining("Stream processing failed");
		assertThat(this.classifiers.classify(thrown).kind()).isEqualTo(FailureKind.RATE_LIMITED);
	}

	@ParameterizedTest
	@MethodSource("forms")
	void classifiesAStall(Vendor vendor, boolean stream, Point point) {
		provider.enqueue(Answer.chunks("a", "b").fault(Fault.stall(point)));
		Throwable thrown = Thrown.by(vendor.model(provider, Duration.ofMillis(300)), stream);
		assertThat(this.classifiers.classify(thrown)).as(thrown.toString())
			.isEqualTo(Failure.of(FailureKind.TIMED_OUT));
	}

	@ParameterizedTest
	@MethodSource("forms")
	void classifiesAReset(Vendor vendor, boolean stream, Point point) {
		provider.enqueue(Answer.chunks("a", "b").fault(Fault.reset(point)));
		Throwable thrown = Thrown.by(vendor.model(provider, PATIENT), stream);
		assertThat(this.classifiers.classify(thrown)).as(thrown.toString())
			.isEqualTo(Failure.of(FailureKind.CONNECTION));
	}

	static Stream<Arguments> forms() {
		return Stream.of(Vendor.values())
			.flatMap((vendor) -> Stream.of(false, true)
				.flatMap((stream) -> Stream.of(Point.values())
					.filter((point) -> stream || point != Point.AFTER_CHUNK)
					.map((point) -> Arguments.of(vendor, stream, point))));
	}

	@ParameterizedTest
	@EnumSource
	void classifiesARefusedConnection(Vendor vendor) {
		LoopbackProvider closed = new LoopbackProvider();
		closed.close();
		for (boolean stream : new boolean[] { false, true }) {
			Throwable thrown = Thrown.by(vendor.model(closed, PATIENT), stream);
			assertThat(this.classifiers.classify(thrown)).isEqualTo(Failure.of(FailureKind.CONNECTION));
		}
	}

	/** Does nothing, but wraps errors of streams as every such advisor does. */
	private static final class Before implements BaseAdvisor {

		@Override
		public ChatClientRequest before(ChatClientRequest request, AdvisorChain chain) {
			return request;
		}

		@Override
		public ChatClientResponse after(ChatClientResponse response, AdvisorChain chain) {
			return response;
		}

		@Override
		public int getOrder() {
			return 0;
		}

	}

}
