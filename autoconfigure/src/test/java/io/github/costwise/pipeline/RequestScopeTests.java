package io.github.costwise.pipeline;

import java.util.Map;
import java.util.Objects;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import io.github.costwise.Attribution;
import io.github.costwise.CostScope;
import io.github.costwise.Owner;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Which of several scopes holds for a request, and what the caller adds to it.
 */
@Tag("unit")
class RequestScopeTests {

	private static final Caller CALLER = caller("acme", "ann");

	@Test
	void outsideAnyScopeNobodyIsKnownUnlessSomebodyWasAsked() {
		assertThat(new RequestScope(null, null, null).resolve(Caller.NOT_ASKED)).isNull();
		assertThat(resolve(null, null, null, CALLER).attribution())
			.isEqualTo(new Attribution(null, "acme", "ann", Map.of()));
		assertThat(resolve(null, null, null, Caller.UNKNOWN).owner()).isEqualTo(Owner.UNKNOWN);
	}

	@Test
	void explicitScopeWinsAndTakesTheRestFromTheCapturedOne() {
		CostScope explicit = CostScope.builder().feature("explicit").build();
		CostScope captured = CostScope.builder().feature("captured").tenant("globex").build();
		CostScope surrounding = CostScope.builder().feature("surrounding").tenant("initech").build();
		Attribution attribution = resolve(explicit, captured, surrounding, CALLER).attribution();
		assertThat(attribution).isEqualTo(new Attribution("explicit", "globex", "ann", Map.of()));
	}

	@Test
	void innerOneOfTwoWins() {
		CostScope outer = CostScope.builder().feature("outer").tenant("globex").build();
		CostScope inner = CostScope.builder().feature("inner").build().within(outer);
		assertThat(resolve(null, inner, outer, CALLER).attribution().feature()).isEqualTo("inner");
		assertThat(resolve(null, outer, inner, CALLER).attribution().feature()).isEqualTo("inner");
		assertThat(resolve(null, inner, outer, CALLER).attribution().tenant()).isEqualTo("globex");
	}

	@Test
	void whatWasMadeElsewhereBelongsToWhoeverAsksForItsAnswer() {
		CostScope maker = CostScope.builder().tenant("globex").build();
		CostScope asker = CostScope.builder().tenant("initech").build();
		assertThat(resolve(null, maker, asker, Caller.NOT_ASKED).attribution().tenant()).isEqualTo("initech");
	}

	@Test
	void completeScopeIsNotCompletedAgain() {
		CostScope complete = resolve(null, CostScope.builder().build(), null, CALLER);
		assertThat(complete.isComplete()).isTrue();
		assertThat(resolve(null, complete, null, caller("globex", "bob")).owner()).isEqualTo(complete.owner());
		assertThat(complete.within(CostScope.builder().feature("other").build()).attribution().feature()).isNull();
	}

	@Test
	void openingTakesFromTheScopeAroundWhatIsNotSaid() {
		CostScope outer = CostScope.builder().tenant("acme").user("ann").tag("plan", "pro").build();
		outer.run(() -> CostScope.builder().feature("inner").user("bob").build().run(() -> {
			CostScope current = Objects.requireNonNull(CostScope.current());
			assertThat(current.attribution()).isEqualTo(new Attribution("inner", "acme", "bob", Map.of("plan", "pro")));
			assertThat(current.isInside(outer)).isTrue();
		}));
		assertThat(CostScope.current()).isNull();
	}

	@Test
	void scopeForNobodyTakesNoOwnerFromAround() {
		CostScope outer = CostScope.builder().tenant("acme").user("ann").build();
		CostScope shared = CostScope.builder().shared().build().within(outer);
		assertThat(shared.attribution().tenant()).isNull();
		assertThat(shared.owner().isKnown(false)).isTrue();
		assertThat(resolve(null, shared, null, CALLER).attribution().tenant()).isNull();
	}

	@Test
	void executorAddsNothingOfItsOwnThread() {
		CostScope scope = CostScope.builder().feature("wrapped").build();
		CostScope.builder()
			.tenant("globex")
			.build()
			.run(() -> scope.wrap(Runnable::run)
				.execute(
						() -> assertThat(Objects.requireNonNull(CostScope.current()).attribution().tenant()).isNull()));
	}

	@Test
	void builderThatWasGivenNoNameMakesTheOwnerUnknown() {
		assertThat(CostScope.builder().tenant(null).build().owner().isKnown(true)).isFalse();
		assertThat(CostScope.builder().tenant("acme").user(" ").build().owner().isKnown(false)).isFalse();
		assertThat(CostScope.builder().build().owner()).isEqualTo(Owner.UNSAID);
	}

	private static Caller caller(String tenant, String user) {
		return Caller.of(new Attribution(null, tenant, user, Map.of()), "The resolver");
	}

	private static CostScope resolve(@Nullable CostScope explicit, @Nullable CostScope captured,
			@Nullable CostScope surrounding, Caller caller) {
		return Objects.requireNonNull(new RequestScope(explicit, captured, surrounding).resolve(caller));
	}

}
