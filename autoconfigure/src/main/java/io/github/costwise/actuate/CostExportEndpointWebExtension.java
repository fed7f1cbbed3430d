package io.github.costwise.actuate;

import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.actuate.endpoint.InvalidEndpointRequestException;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;
import org.springframework.boot.actuate.endpoint.web.annotation.EndpointWebExtension;
import org.springframework.core.io.Resource;
import org.springframework.util.MimeType;

/**
 * Streams {@link CostExportEndpoint} over HTTP as {@code text/csv}, with 400 for a bad
 * parameter. Thread-safe if the consumer of the header is.
 *
 * @since 0.1.0
 */
@EndpointWebExtension(endpoint = CostExportEndpoint.class)
public class CostExportEndpointWebExtension {

	private static final MimeType CSV = new MimeType("text", "csv", StandardCharsets.UTF_8);

	private final CostExportEndpoint endpoint;

	private final Consumer<String> download;

	/**
	 * Creates an extension.
	 * @param endpoint the endpoint to extend
	 * @param download receives the {@code Content-Disposition} of a file before it is
	 * answered, on the thread of the request
	 */
	public CostExportEndpointWebExtension(CostExportEndpoint endpoint, Consumer<String> download) {
		this.endpoint = endpoint;
		this.download = download;
	}

	/**
	 * Streams the calls of a period.
	 * @param from begin of the period, or {@code null}
	 * @param to end of the period, or {@code null}
	 * @param format the layout, or {@code null}
	 * @return the response
	 */
	@ReadOperation(produces = { "text/csv", "application/json" })
	public WebEndpointResponse<Object> export(@Nullable String from, @Nullable String to, @Nullable String format) {
		try {
			Resource file = this.endpoint.stream(from, to, format);
			this.download.accept(ExportFile.disposition(format));
			return new WebEndpointResponse<>(file, WebEndpointResponse.STATUS_OK, CSV);
		}
		catch (InvalidEndpointRequestException ex) {
			return Problem.badRequest(ex);
		}
	}

}
