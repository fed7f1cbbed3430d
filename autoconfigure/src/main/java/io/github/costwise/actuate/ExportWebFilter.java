package io.github.costwise.actuate;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;

/**
 * Names the files of {@link CostExportEndpoint} in a reactive server, where an operation
 * has no access to the response. All other requests pass untouched. Thread-safe.
 *
 * @since 0.1.0
 */
public final class ExportWebFilter implements WebFilter {

	private static final MediaType CSV = MediaType.parseMediaType("text/csv");

	private final @Nullable String path;

	/**
	 * Creates a filter.
	 * @param path the path of the endpoint in its server, or {@code null} when it has
	 * none
	 */
	public ExportWebFilter(@Nullable String path) {
		this.path = path;
	}

	@Override
	public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
		if (exchange.getRequest().getPath().pathWithinApplication().value().equals(this.path)) {
			String format = exchange.getRequest().getQueryParams().getFirst("format");
			ServerHttpResponse response = exchange.getResponse();
			response.beforeCommit(() -> Mono.fromRunnable(() -> name(response, format)));
		}
		return chain.filter(exchange);
	}

	private static void name(ServerHttpResponse response, @Nullable String format) {
		MediaType type = response.getHeaders().getContentType();
		if (HttpStatus.OK.equals(response.getStatusCode()) && CSV.isCompatibleWith(type)) {
			response.getHeaders().set(HttpHeaders.CONTENT_DISPOSITION, ExportFile.disposition(format));
		}
	}

}
