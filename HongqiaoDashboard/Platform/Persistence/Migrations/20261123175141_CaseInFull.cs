using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace HongqiaoDashboard.Platform.Persistence.Migrations
{
    /// <inheritdoc />
    public partial class CaseInFull : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "Clock",
                table: "Incidents",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "ExternalId",
                table: "Incidents",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "SuspendedUntil",
                table: "Incidents",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "ReferenceVersions",
                columns: table => new
                {
                    Kind = table.Column<string>(type: "TEXT", nullable: false),
                    Version = table.Column<int>(type: "INTEGER", nullable: false),
                    At = table.Column<long>(type: "INTEGER", nullable: false),
                    ActorId = table.Column<string>(type: "TEXT", nullable: false),
                    ActorName = table.Column<string>(type: "TEXT", nullable: false),
                    Note = table.Column<string>(type: "TEXT", nullable: false),
                    Content = table.Column<string>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ReferenceVersions", x => new { x.Kind, x.Version });
                });

            migrationBuilder.CreateIndex(
                name: "IX_Incidents_ExternalId",
                table: "Incidents",
                column: "ExternalId",
                unique: true,
                filter: "\"ExternalId\" IS NOT NULL");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "ReferenceVersions");

            migrationBuilder.DropIndex(
                name: "IX_Incidents_ExternalId",
                table: "Incidents");

            migrationBuilder.DropColumn(
                name: "Clock",
                table: "Incidents");

            migrationBuilder.DropColumn(
                name: "ExternalId",
                table: "Incidents");

            migrationBuilder.DropColumn(
                name: "SuspendedUntil",
                table: "Incidents");
        }
    }
}
