package io.github.costwise.annotation;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.expression.spel.standard.SpelExpressionParser;
import org.springframework.expression.spel.support.StandardEvaluationContext;

import io.github.costwise.OwnerPart;
import io.github.costwise.Tier;
import io.github.costwise.faults.Faults;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What an expression yields is a name only where it would not be the same for many.
 */
@Tag("unit")
class ScopeExpressionTests {

	static Stream<Arguments> names() {
		UUID id = new UUID(1, 2);
		return Stream.of(Arguments.of("acme", "acme"), Arguments.of(42L, "42"), Arguments.of(id, id.toString()),
				Arguments.of(Optional.of("acme"), "acme"), Arguments.of(Tier.LIGHT, "LIGHT"),
				Arguments.of(new StringBuilder("acme"), "acme"), Arguments.of(new Tenant("acme"), "Tenant[id=acme]"));
	}

	static Stream<@Nullable Object> nobodies() {
		Supplier<String> supplier = () -> "acme";
		return Stream.of(null, "", "  ", Optional.empty(), Optional.of(" "), List.of(), Map.of(), new Object(),
				new int[] { 7 }, supplier, Mono.just("acme"), Flux.empty(), CompletableFuture.completedFuture("acme"),
				new StringBuilder());
	}

	@ParameterizedTest
	@MethodSource
	void names(Object value, String name) {
		assertThat(part(value).value()).isEqualTo(name);
	}

	@ParameterizedTest
	@MethodSource
	void nobodies(@Nullable Object value) {
		OwnerPart part = part(value);
		assertThat(part.isUnknown()).isTrue();
		assertThat(part.problem()).isEqualTo("the expression of 'tenant' gave no name");
	}

	private static OwnerPart part(@Nullable Object value) {
		StandardEvaluationContext context = new StandardEvaluationContext();
		context.setVariable("value", value);
		return ScopeExpression.of(new SpelExpressionParser().parseExpression("#value"), "the expression of 'tenant'")
			.part(context, new Faults());
	}

	private record Tenant(String id) {

	}

}
