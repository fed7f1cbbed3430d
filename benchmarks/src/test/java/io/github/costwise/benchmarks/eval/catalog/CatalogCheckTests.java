package io.github.costwise.benchmarks.eval.catalog;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.github.costwise.benchmarks.eval.catalog.CatalogFinding.FindingKind;
import io.github.costwise.spi.CatalogFormatException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** Tests for {@link CatalogCheck}: what each kind of finding is, and what it is not. */
@Tag("unit")
class CatalogCheckTests {

	private static final Set<String> REACHABLE = Set.of("openai", "anthropic", "google", "vertex_ai", "bedrock",
			"mistral", "xai");

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			textBlock = """
					INCONSISTENT_NAMES   | openai,m,,,L,,in=1 out=2 / openai,m-2026-01-02,,,L,,in=2 out=4
					INCONSISTENT_NAMES   | openai,m,,,L,,in=1 out=2;>128k in=2 out=4 / openai,m-2026-01-02,,,L,,in=1 out=2
					INCONSISTENT_NAMES   | openai,m,,,L,,in=1 out=2;batch in=.5 out=1 / openai,m-latest,,,L,,in=1 out=2
					INCONSISTENT_NAMES   | openai,m,,,L,,in=1 read=.1 out=2 / openai,m-2026-01-02,,,L,,in=1 out=2
					INCONSISTENT_NAMES   | mistral,n,,,L,m,in=1 out=2 / mistral,m-2407,,,L,,in=2 out=2
					INCONSISTENT_NAMES   | vertex_ai,m,,,L,,in=1 read=.1 out=2 / vertex_ai,m@default,,,L,,in=1 out=2
					LOST_CLASSES         | google,m,,2026-06-01,L,,in=1 out=2;flex in=.5 out=1 / google,m,2026-06-01,,L,,in=2 out=4
					LOST_CLASSES         | google,m,,2026-06-01,L,,in=1 out=2;>200k in=2 out=4 / google,m,2026-06-01,,L,,in=2 out=4
					LOST_CLASSES         | google,m,,2026-06-01,L,,in=1 out=2 search=14 / google,m,2026-06-01,,L,,in=2 out=4
					LOST_CLASSES         | vertex_ai,m,,2026-06-01,L,,in=1 out=2;batch in=.5 out=1 / vertex_ai,m,2026-06-01,,L,,in=2 out=4
					LOST_CLASSES         | openai,m,,2026-06-01,L,,in=1 out=2;priority in=2 out=4 / openai,m,2026-06-01,,L,,in=2 out=4
					LOST_CLASSES         | xai,m,,2026-06-01,L,,in=1 read=.1 out=2 / xai,m,2026-06-01,,L,,in=2 out=4
					LOST_CLASSES         | anthropic,m,,2026-06-01,L,,in=1 write=1.25 out=2 / anthropic,m,2026-06-01,,L,,in=2 out=4
					LOST_CLASSES         | google,m,,2026-06-01,L,,in=1 out=2;flex in=.5 out=1 / google,m,2026-06-01,2026-09-01,L,,in=2 out=4;flex in=1 out=2 / google,m,2026-09-01,,L,,in=3 out=6
					LOST_CLASSES         | google,m,,2026-06-01,L,,in=1 out=2;>200k in=2 out=4;batch in=.5 out=1;batch>200k in=1 out=2 / google,m,2026-06-01,,L,,in=2 out=4;>200k in=4 out=8;batch in=1 out=2
					LOST_CLASSES         | google,m,,2026-06-01,L,,in=1 in-audio=3 out=2 / google,m,2026-06-01,,L,,in=2 out=4
					DATES                | google,m,,2026-06-01,L,,in=1 out=2 / google,m,2026-06-02,,L,,in=2 out=4
					DATES                | google,m,,,L,,in=1 out=2 / google,m,2026-06-01,,L,,in=2 out=4
					DEAR_READS           | openai,m,,,L,,in=1 read=1 out=2
					DEAR_READS           | openai,m,,,L,,in=1 out=2;batch in=.5 read=.6 out=1
					DEAR_READS           | openai,m,,,L,,in=1 in-audio=.4 read-audio=.5 out=2
					CHEAP_WRITES         | anthropic,m,,,L,,in=1 write=.9 out=2
					CHEAP_WRITES         | anthropic,m,,,L,,in=1 write=1.25 write-1h=1.2 out=2
					MISSING_CACHE        | anthropic,claude-x,,,L,,in=1 read=.1 out=2 / vertex_ai,claude-x@20260101,,,L,,in=1 out=2
					MISSING_CACHE        | anthropic,claude-x,,,L,,in=1 read=.1 out=2 / bedrock,anthropic.claude-x-v1:0,,,L,,in=1 out=2
					CHEAP_OUTPUT         | openai,m,,,L,,in=1.1 out=.37
					BATCH_NOT_HALF       | vertex_ai,m,,,L,,in=4 out=20;batch in=2.5 out=12.5
					BATCH_NOT_HALF       | openai,m,,,L,,in=1 out=2;batch in=.5 out=2
					CLASS_ORDER          | xai,m,,,L,,in=1 out=2;flex in=2 out=4
					CLASS_ORDER          | xai,m,,,L,,in=1 out=2;priority in=.5 out=4
					LONG_PROMPTS         | xai,m,,,L,,in=1 out=2;>200k in=.5 out=4
					LONG_PROMPTS         | xai,m,,,L,,in=1 out=2;>199999 in=2 out=4;>200k in=2 out=4
					REGIONS              | bedrock,anthropic.m,,,L,,in=1 out=2 / bedrock,us.anthropic.m,,,L,,in=1.1 out=2.2
					REGIONS              | bedrock,openai.m,,,L,,in=1 out=2 / bedrock,us.openai.m,,,L,,in=1 out=2;>9k in=2 out=4
					REGIONS              | bedrock,us.anthropic.m,,,L,,in=1 out=2 / bedrock,eu.anthropic.m,,,L,,in=1.1 out=2.2
					REGIONS              | bedrock,global.anthropic.m,,,L,,in=1 out=2 / bedrock,eu.anthropic.m,,,L,,in=1.2 out=2.4
					UNREACHABLE_PROVIDER | nobody,m,,,L,,in=1 out=2
					NEEDLESS_EXCEPTION   | #own openai m-1 of another kind / openai,m,,,L,,in=1 out=2
					""")
	void findsWhatDoesNotFit(FindingKind kind, String lines) {
		assertThat(check(lines).findings()).isNotEmpty().allSatisfy((finding) -> {
			assertThat(finding.kind()).isEqualTo(kind);
			assertThat(finding.problem()).isNotBlank();
		});
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			textBlock = """
					names     | openai,m,,,L,,in=1 out=2;>128k in=2 out=4 / openai,m-2026-01-02,,,L,,in=1 out=2;>128k in=2 out=4
					other     | openai,m,,,L,,in=1 out=2 / openai,m-mini,,,L,,in=2 out=4
					provider  | openai,m,,,L,,in=1 out=2 / xai,m-2026-01-02,,,L,,in=2 out=4
					excepted  | #own openai m-2026-01-02 keeps its price / openai,m,,,L,,in=1 out=2 / openai,m-2026-01-02,,,L,,in=2 out=4
					classes   | google,m,,2026-06-01,L,,in=1 out=2;flex in=.5 out=1 / google,m,2026-06-01,,L,,in=2 out=4;flex in=1 out=2
					ended     | #ended google m 2026-06-01 no more / google,m,,2026-06-01,L,,in=1 out=2;flex in=.5 out=1 / google,m,2026-06-01,,L,,in=2 out=4
					reads     | openai,m,,,L,,in=1 read=.1 out=2
					writes    | anthropic,m,,,L,,in=1 write=1.25 write-1h=2 out=2
					cache     | anthropic,claude-x,,,L,,in=1 out=2 / vertex_ai,claude-x@20260101,,,L,,in=1 out=2
					embedding | openai,m,,,L,,in=1 out=0
					equal     | openai,m,,,L,,in=1 out=1
					output    | #output openai m text only / openai,m,,,L,,in=2 out=1
					half      | openai,m,,,L,,in=.165 out=.66;batch in=.083 out=.33
					fifth off | xai,m,,,L,,in=1 out=2;batch in=.8 out=1.6
					batch     | #batch openai m so on its page / openai,m,,,L,,in=1 out=2;batch in=.8 out=1.6
					order     | xai,m,,,L,,in=1 out=2;flex in=.5 out=1;priority in=2 out=4
					long      | xai,m,,,L,,in=1 out=2;>200k in=2 out=4;batch in=.5 out=1;batch>200k in=1 out=2
					regions   | bedrock,anthropic.m,,,L,,in=1.1 out=2.2 / bedrock,us.anthropic.m,,,L,,in=1.1 out=2.2 / bedrock,global.anthropic.m,,,L,,in=1 out=2
					one price | bedrock,anthropic.m,,,L,,in=1 out=2 / bedrock,us.anthropic.m,,,L,,in=1 out=2 / bedrock,global.anthropic.m,,,L,,in=1 out=2
					far       | bedrock,amazon.m,,,L,,in=1 out=2 / bedrock,us.amazon.m,,,L,,in=1 out=2 / bedrock,jp.amazon.m,,,L,,in=1.3 out=2.6
					""")
	void findsNothingInWhatFits(String what, String lines) {
		assertThat(check(lines).findings()).as(what).isEmpty();
	}

	@Test
	void readsListsOfLiteLlmToo() {
		CatalogCheck check = CatalogCheck.of("list.json", """
				{"m": {"litellm_provider": "openai", "mode": "chat", "input_cost_per_token": 1e-6,
				   "output_cost_per_token": 5e-7},
				 "huge": {"litellm_provider": "openai", "mode": "chat", "input_cost_per_token": 1e300000000,
				   "output_cost_per_token": 1e-6},
				 "dear": {"litellm_provider": "openai", "mode": "chat", "input_cost_per_token": 1e-6,
				   "output_cost_per_token": 1e-6, "cache_read_input_token_cost": 2e-6},
				 "tiny": {"litellm_provider": "openai", "mode": "chat", "input_cost_per_token": 1e-300000000,
				   "output_cost_per_token": 1e-6}}""".getBytes(StandardCharsets.UTF_8), REACHABLE);
		assertThat(check.rows()).isEqualTo(4);
		assertThat(check.findings()).extracting(CatalogFinding::kind)
			.containsExactly(FindingKind.DEAR_READS, FindingKind.CHEAP_OUTPUT, FindingKind.BOUNDS, FindingKind.BOUNDS);
		assertThat(check.findings()).extracting(CatalogFinding::model)
			.containsExactly("dear", "openai/m", "huge", "tiny");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			textBlock = """
					openai,m,,,L,,in=1e-300000000 out=2 | list.csv, line 3: the rate of INPUT has an exponent beyond
					openai,m,,,L,,in=1                  | list.csv, line 3: it has no output price
					openai,m,,,X,,in=1 out=2            | list.csv, line 3: its source 'X' is not declared
					openai,m                            | list.csv, line 3: it has 2 columns
					#own openai m                       | list.csv, line 3: #own must state a provider, a model and a reason
					#ended openai m 2026-01-01          | list.csv, line 3: #ended must state a provider, a model, a date and a reason
					""")
	void aLineThatCannotBeReadIsNamed(String line, String message) {
		assertThatExceptionOfType(CatalogFormatException.class).isThrownBy(() -> check(line))
			.withMessageStartingWith(message);
	}

	@Test
	void aListThatIsNoneIsRefused() {
		for (String text : List.of("", "[1]", "<html>", "{\"a\": ")) {
			assertThatExceptionOfType(CatalogFormatException.class)
				.isThrownBy(() -> CatalogCheck.of("list", text.getBytes(StandardCharsets.UTF_8), REACHABLE))
				.withMessageStartingWith("list");
		}
	}

	private static CatalogCheck check(String lines) {
		String text = "#format 1\n#source L a list\n" + lines.replace(" / ", "\n") + "\n";
		return CatalogCheck.of("list.csv", text.getBytes(StandardCharsets.UTF_8), REACHABLE);
	}

}
