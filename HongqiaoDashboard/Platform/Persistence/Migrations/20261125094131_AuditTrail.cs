using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace HongqiaoDashboard.Platform.Persistence.Migrations
{
    /// <inheritdoc />
    public partial class AuditTrail : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "AuditRows",
                columns: table => new
                {
                    Seq = table.Column<long>(type: "INTEGER", nullable: false),
                    At = table.Column<long>(type: "INTEGER", nullable: false),
                    ActorId = table.Column<string>(type: "TEXT", nullable: false),
                    ActorName = table.Column<string>(type: "TEXT", nullable: false),
                    ActorRole = table.Column<string>(type: "TEXT", nullable: false),
                    Address = table.Column<string>(type: "TEXT", nullable: true),
                    Connection = table.Column<string>(type: "TEXT", nullable: true),
                    Act = table.Column<string>(type: "TEXT", nullable: false),
                    Result = table.Column<int>(type: "INTEGER", nullable: false),
                    Subject = table.Column<string>(type: "TEXT", nullable: true),
                    Facts = table.Column<string>(type: "TEXT", nullable: false),
                    Previous = table.Column<byte[]>(type: "BLOB", nullable: false),
                    Hash = table.Column<byte[]>(type: "BLOB", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_AuditRows", x => x.Seq);
                });

            migrationBuilder.CreateIndex(
                name: "IX_AuditRows_Act_At",
                table: "AuditRows",
                columns: new[] { "Act", "At" });

            migrationBuilder.CreateIndex(
                name: "IX_AuditRows_ActorId_At",
                table: "AuditRows",
                columns: new[] { "ActorId", "At" });

            migrationBuilder.CreateIndex(
                name: "IX_AuditRows_At",
                table: "AuditRows",
                column: "At");

            migrationBuilder.CreateIndex(
                name: "IX_AuditRows_Result_At",
                table: "AuditRows",
                columns: new[] { "Result", "At" });

            migrationBuilder.CreateIndex(
                name: "IX_AuditRows_Subject_At",
                table: "AuditRows",
                columns: new[] { "Subject", "At" });

            // Whoever has the database's file can drop these; whoever has only this program cannot go around them. The third one
            // stands in the way of REPLACE, which removes rows without asking the second.
            migrationBuilder.Sql("CREATE TRIGGER \"AuditRows_NoUpdate\" BEFORE UPDATE ON \"AuditRows\" BEGIN SELECT RAISE(ABORT, 'The audit trail is append-only.'); END;");
            migrationBuilder.Sql("CREATE TRIGGER \"AuditRows_NoDelete\" BEFORE DELETE ON \"AuditRows\" BEGIN SELECT RAISE(ABORT, 'The audit trail is append-only.'); END;");
            migrationBuilder.Sql("CREATE TRIGGER \"AuditRows_OnlyBehind\" BEFORE INSERT ON \"AuditRows\" WHEN NEW.\"Seq\" <= (SELECT MAX(\"Seq\") FROM \"AuditRows\") BEGIN SELECT RAISE(ABORT, 'The audit trail is append-only.'); END;");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "AuditRows");
        }
    }
}
